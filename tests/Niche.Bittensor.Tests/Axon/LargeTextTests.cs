using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

public sealed class LargeTextTests
{
    [Fact]
    public async Task Megabytes_travel_both_ways_and_their_memory_is_given_back()
    {
        var held = new List<LargeText>();
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Picture>((picture, _, _) =>
        {
            held.Add(picture.Data);
            return Task.FromResult(AxonReply.Success(picture with { Answer = LargeText.FromUtf8(picture.Data.Utf8) }));
        }));
        using var hotkey = Keypair.FromUri("//Alice");
        using var http = new HttpClient(DendriteClient.CreateHandler());
        using var data = LargeText.FromString(string.Concat(Enumerable.Repeat("picture+/=", 500_000)));

        var result = await new DendriteClient(hotkey, http, TimeProvider.System).CallAsync(
            axon.Endpoint, new Picture { Data = data }, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.True(result.Response.Answer!.Utf8.SequenceEqual(data.Utf8));
        while (!IsGivenBack(held.Single())) await Task.Yield(); // Just after the answer has left.
        result.Response.Answer.Dispose();
        result.Response.Answer.Dispose();
    }

    private static bool IsGivenBack(LargeText text)
    {
        try
        {
            return text.Utf8.IsEmpty;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }

    [Fact]
    public void It_is_a_plain_string_on_the_wire_and_hashes_as_one() =>
        Gen.String.Where(text => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) == text).Sample(text =>
        {
            using var large = LargeText.FromString(text);
            var json = JsonSerializer.Serialize(large, SynapseJson.Options);
            using var back = JsonSerializer.Deserialize<LargeText>(json, SynapseJson.Options);
            return json == JsonSerializer.Serialize(text, SynapseJson.Options)
                && back!.ToString() == text
                && BodyHash.Compute(new Picture { Data = large }) == BodyHash.OfTexts([text]);
        });

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("\"\\ud800\"")]
    public void What_is_no_text_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<LargeText>(json, SynapseJson.Options));

    [Fact]
    public void Bytes_that_are_not_utf8_are_no_text() => Assert.Throws<ArgumentException>(() => LargeText.FromUtf8([0xC3, 0x28]));

    [RequiredHashFields("data")]
    public sealed record Picture : Synapse
    {
        public required LargeText Data { get; init; }

        public LargeText? Answer { get; init; }
    }
}
