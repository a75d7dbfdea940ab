using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 5: what a message may be, how it is encoded and bound.</summary>
public sealed class MessageKindTests
{
    [Fact]
    public async Task A_class_is_read_from_json_without_regard_to_case()
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)]);
        await engine.PutAsync("jobs", """{"ID":7,"prompt":"a red lighthouse"}""");
        Assert.Equal(new Job(7, "a red lighthouse"), (await engine.Probe.NextAsync()).Input);
    }

    [Theory]
    [InlineData("bytes")]
    [InlineData("memory")]
    [InlineData("text")]
    public async Task Text_and_bytes_are_given_as_they_are(string queue)
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)]);
        await engine.PutAsync(queue, "größe");
        Assert.Equal("größe", (await engine.Probe.NextAsync()).Input);
    }

    [Theory]
    [InlineData("{ not json")]
    [InlineData("null")]
    [InlineData("""{"id":"seven"}""")]
    public async Task Bad_json_is_a_failure_that_is_retried_and_then_poisoned(string body)
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)], ["host:extensions:queues:maxDequeueCount=2"]);
        await engine.PutAsync("jobs", body);
        Assert.Equal(1, (await engine.Queues.NextAsync("update")).Count);
        Assert.Equal(1, (await engine.Queues.NextAsync("delete")).Count);
        Assert.Equal([body], await engine.TakeAsync("jobs-poison"));
        Assert.Equal((2L, 2L), (engine.Statistics("Jobs").Executed, engine.Statistics("Jobs").Failed));
        Assert.Equal(0, engine.Probe.Pending);
    }

    [Fact]
    public async Task With_base64_the_message_is_decoded_and_what_is_not_base64_is_poisoned_without_running()
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)], ["host:extensions:queues:messageEncoding=base64"]);
        await engine.PutAsync("text", Convert.ToBase64String(Encoding.UTF8.GetBytes("hello")));
        var run = await engine.Probe.NextAsync();
        Assert.Equal(("hello", "hello"), (run.Input, run.Data("QueueTrigger")));
        await engine.Queues.NextAsync("delete");
        await engine.PutAsync("text", "!!! not base64");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["!!! not base64"], await engine.TakeAsync("text-poison"));
        Assert.Equal(1, engine.Statistics("Text").Executed);
    }

    [Fact]
    public async Task Without_encoding_what_is_not_utf8_is_poisoned_without_running()
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)]);
        await engine.Queues.PutAsync("text", new byte[] { 0xC3, 0x28 }, TimeSpan.Zero, null, TestContext.Current.CancellationToken);
        await engine.Queues.NextAsync("delete");
        Assert.Equal(1, await engine.CountAsync("text-poison"));
        Assert.Equal(0, engine.Statistics("Text").Executed);
    }

    [Fact]
    public async Task Binding_data_has_the_keys_and_the_string_values_of_the_real_worker()
    {
        await using var engine = await Engine.StartAsync([typeof(Kinds)]);
        await engine.PutAsync("text", "hello");
        var run = await engine.Probe.NextAsync();
        var data = run.Context.BindingContext.BindingData;
        Assert.Equal(
            ["DequeueCount", "ExpirationTime", "Id", "InsertionTime", "NextVisibleTime", "PopReceipt", "QueueTrigger"],
            data.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("1", data["dequeuecount"]);
        Assert.Equal(ObservedTime.Beginning, JsonSerializer.Deserialize<DateTimeOffset>((string)data["InsertionTime"]!));
        Assert.Equal(("Text", 36), (run.Context.FunctionDefinition.Name, run.Context.InvocationId.Length));
    }

    [Fact]
    public void Both_encodings_give_back_what_was_put_in()
    {
        Gen.String.Sample(text =>
        {
            // Lone surrogates have no UTF-8 form.
            var bytes = Encoding.UTF8.GetBytes(text.TrimStart('\uFEFF'));
            foreach (var encoding in Enum.GetValues<MessageEncoding>())
            {
                Assert.True(encoding.TryDecode(encoding.Encode(bytes), out var back));
                Assert.Equal(bytes, back.ToArray());
            }
        });
    }

    public sealed record Job(int Id, string Prompt);

    public sealed class Kinds(Probe probe)
    {
        [Function("Jobs")]
        public Task Jobs([QueueTrigger("jobs")] Job job, FunctionContext context) => probe.RunAsync(job, context, default);

        [Function("Bytes")]
        public void Bytes([QueueTrigger("bytes")] byte[] body, FunctionContext context) =>
            _ = probe.RunAsync(Encoding.UTF8.GetString(body), context, default);

        [Function("Memory")]
        public ValueTask Memory([QueueTrigger("memory")] ReadOnlyMemory<byte> body, FunctionContext context) =>
            new(probe.RunAsync(Encoding.UTF8.GetString(body.Span), context, default));

        [Function("Text")]
        public Task Text([QueueTrigger("text")] string body, FunctionContext context) => probe.RunAsync(body, context, default);
    }
}
