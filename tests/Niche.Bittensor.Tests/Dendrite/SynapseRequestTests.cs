using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

/// <summary>Our request, read as a stock axon reads it.</summary>
public sealed class SynapseRequestTests
{
    [Fact]
    public async Task A_request_has_every_part_that_a_stock_axon_looks_at()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        using var hotkey = Keypair.FromUri("//Alice");
        using var recorder = new RecordingHandler();
        using var http = new HttpClient(recorder);
        var axon = new AxonEndpoint("203.0.113.5", 8091, "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty");
        var client = new DendriteClient(hotkey, http, time, new DendriteOptions { ExternalIp = "198.51.100.7" });

        await client.CallAsync(axon, new Echo { Text = "h\u00e9llo+", Times = 3 }, TimeSpan.FromSeconds(12), TestContext.Current.CancellationToken);

        var sent = recorder.Headers;
        Assert.Equal("http://203.0.113.5:8091/Echo", recorder.Address);
        Assert.Equal("application/json", recorder.ContentType);
        Assert.Equal(("Echo", "12.0"), (sent["name"], sent["timeout"]));
        Assert.Equal(("203.0.113.5", "8091", axon.Hotkey), (sent["bt_header_axon_ip"], sent["bt_header_axon_port"], sent["bt_header_axon_hotkey"]));
        Assert.Equal(("198.51.100.7", "10002000"), (sent["bt_header_dendrite_ip"], sent["bt_header_dendrite_version"]));
        Assert.Equal("IiI=", sent["bt_header_input_obj_text"]);
        Assert.Equal(BodyHash.OfTexts(["h\u00e9llo+"]), sent["computed_body_hash"]);
        Assert.Equal('1', sent["bt_header_dendrite_uuid"][14]);
        Assert.Equal(
            [
                "name", "timeout", "bt_header_axon_ip", "bt_header_axon_port", "bt_header_axon_hotkey", "bt_header_dendrite_ip", "bt_header_dendrite_version",
                "bt_header_dendrite_nonce", "bt_header_dendrite_uuid", "bt_header_dendrite_hotkey", "bt_header_dendrite_signature", "bt_header_input_obj_text",
                "header_size", "total_size", "computed_body_hash",
            ],
            sent.Keys.Where(name => !name.StartsWith("niche_", StringComparison.Ordinal)));
        Assert.True(int.Parse(sent["header_size"], null) < int.Parse(sent["total_size"], null));
        var signed = string.Join(
            '.', NonceClock.Now(time), hotkey.Address, axon.Hotkey, sent["bt_header_dendrite_uuid"], sent["computed_body_hash"]);
        Assert.True(Keypair.Verify(hotkey.PublicKey, Encoding.UTF8.GetBytes(signed), Convert.FromHexString(sent["bt_header_dendrite_signature"][2..])));

        var body = JsonDocument.Parse(recorder.Body).RootElement;
        Assert.Equal(
            ["name", "timeout", "total_size", "header_size", "dendrite", "axon", "computed_body_hash", "text", "times", "answer"],
            body.EnumerateObject().Select(property => property.Name));
        Assert.Equal("", body.GetProperty("computed_body_hash").GetString());
        Assert.Equal(
            ["status_code", "status_message", "process_time", "ip", "port", "version", "nonce", "uuid", "hotkey", "signature"],
            body.GetProperty("dendrite").EnumerateObject().Select(property => property.Name));
        Assert.Equal(NonceClock.Now(time), body.GetProperty("dendrite").GetProperty("nonce").GetInt64());
        Assert.Contains("llo+", recorder.Body, StringComparison.Ordinal);
    }

    private sealed class RecordingHandler : HttpMessageHandler
    {
        public Dictionary<string, string> Headers { get; } = [];

        public string? Address { get; private set; }

        public string? ContentType { get; private set; }

        public string Body { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Address = request.RequestUri!.AbsoluteUri;
            ContentType = request.Content!.Headers.ContentType!.ToString();
            Body = await request.Content.ReadAsStringAsync(cancellationToken);
            foreach (var (name, values) in request.Headers) Headers[name] = values.Single();
            return new HttpResponseMessage(System.Net.HttpStatusCode.NotFound) { RequestMessage = request, Content = new StringContent("") };
        }
    }
}
