using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Chat;

/// <summary>Texts, whole and as server-sent events.</summary>
public sealed class ChatTests(SharedSubnet shared)
{
    [Fact]
    public async Task A_text_comes_whole_with_its_usage()
    {
        (HttpResponseMessage response, JsonNode? answer) = await shared.Http.PostAsync("/v1/chat/completions", Body(stream: false));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("chat.completion", (string?)answer!["object"]);
        Assert.NotEmpty((string)answer["choices"]![0]!["message"]!["content"]!);
        Assert.Equal("stop", (string?)answer["choices"]![0]!["finish_reason"]);
        Assert.Equal((int)answer["usage"]!["total_tokens"]!, (int)answer["usage"]!["prompt_tokens"]! + (int)answer["usage"]!["completion_tokens"]!);
    }

    [Fact]
    public async Task A_stream_is_framed_and_ends_with_done_and_says_what_the_whole_text_says()
    {
        (_, JsonNode? whole) = await shared.Http.PostAsync("/v1/chat/completions", Body(stream: false));
        (HttpResponseMessage response, List<string> events) = await StreamAsync(Body(stream: true, "\"stream_options\":{\"include_usage\":true},"));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("[DONE]", events[^1]);
        JsonNode[] chunks = [.. events.SkipLast(1).Select(data => JsonNode.Parse(data)!)];
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal("stop", (string?)chunks[^2]["choices"]![0]!["finish_reason"]);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(whole!["usage"]!.ToJsonString(), chunks[^1]["usage"]!.ToJsonString());
        Assert.Single(chunks.Select(chunk => (string)chunk["id"]!).Distinct());
        string text = string.Concat(chunks.SkipLast(1).Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"]));
        Assert.Equal((string?)whole["choices"]![0]!["message"]!["content"], text);
    }

    [Fact]
    public async Task Usage_is_streamed_only_when_asked_for()
    {
        (_, List<string> events) = await StreamAsync(Body(stream: true));
        Assert.DoesNotContain(events, data => data.Contains("\"usage\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Parts_of_a_message_are_read_as_one_text()
    {
        string parts = Body(false).Replace("\"a red\"", """[{"type":"text","text":"a "},{"type":"text","text":"red"}]""", StringComparison.Ordinal);
        (_, JsonNode? one) = await shared.Http.PostAsync("/v1/chat/completions", Body(false));
        (_, JsonNode? many) = await shared.Http.PostAsync("/v1/chat/completions", parts);
        Assert.Equal((string?)one!["choices"]![0]!["message"]!["content"], (string?)many!["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task A_reader_who_goes_away_stops_the_miner()
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: true);
        await subnet.WhenReadyAsync();
        subnet.Miner.Hold();
        using (CancellationTokenSource reader = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken))
        {
            using HttpRequestMessage request = Request(Body(stream: true));
            using HttpResponseMessage response = await subnet.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, reader.Token).Soon();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await subnet.Miner.Begun.Soon();
        }

        await subnet.Miner.Cancelled.Soon();
    }

    [Fact]
    public async Task A_text_that_breaks_off_ends_in_a_problem_and_not_in_done()
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: true);
        await subnet.WhenReadyAsync();
        subnet.Miner.Hold();
        using HttpRequestMessage request = Request(Body(stream: true));
        using HttpResponseMessage response = await subnet.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken).Soon();
        subnet.Miner.BreakTexts = true;
        subnet.Miner.Release();
        string[] events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonNode last = JsonNode.Parse(events[^1]["data: ".Length..])!;
        Assert.Equal("miners_failed", (string?)last["code"]);
        Assert.Equal("miners_failed", (string?)last["error"]!["code"]);
        Assert.DoesNotContain(events, one => one.Contains("[DONE]", StringComparison.Ordinal));
        (HttpResponseMessage whole, JsonNode? problem) = await subnet.Http.PostAsync("/v1/chat/completions", Body(stream: false));
        Talk.AssertProblem(whole, problem, 502, "miners_failed");
    }

    private async Task<(HttpResponseMessage Response, List<string> Events)> StreamAsync(string body)
    {
        using HttpRequestMessage request = Request(body);
        HttpResponseMessage response = await shared.Http.SendAsync(request, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("\n\n", text, StringComparison.Ordinal);
        string[] events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(events, one => Assert.StartsWith("data: ", one, StringComparison.Ordinal));
        Assert.All(events, one => Assert.DoesNotContain('\n', one));
        return (response, [.. events.Select(one => one["data: ".Length..])]);
    }

    private static HttpRequestMessage Request(string body) =>
        new(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static string Body(bool stream, string more = "") =>
        $$"""{{{more}}"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"system","content":"x"},{"role":"user","content":"a red"}],"max_tokens":8,"temperature":0,"seed":3}""";
}
