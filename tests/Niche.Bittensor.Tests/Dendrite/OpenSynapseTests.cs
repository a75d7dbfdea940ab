using System.Text.Json;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

public class OpenSynapseTests
{
    [Fact]
    public async Task A_synapse_known_by_name_and_fields_is_answered_like_one_of_a_class()
    {
        await using var host = await AxonHost.StartAsync(axon => axon.Attach<Echo>(
            (echo, _, _) => Task.FromResult(AxonReply.Success(echo with { Answer = echo.Text + "!" }))));
        var result = await CallAsync(host, new OpenSynapse { Name = "Echo", Fields = Fields("""{"text":"hello"}"""), HashFields = ["text"] });
        Assert.Equal(SynapseOutcome.Success, result.Outcome);
        Assert.Equal("hello!", result.Response!.Fields["answer"].GetString());
    }

    [Fact]
    public async Task A_hash_field_that_is_not_named_is_noticed_by_the_axon()
    {
        await using var host = await AxonHost.StartAsync(axon => axon.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        var result = await CallAsync(host, new OpenSynapse { Name = "Echo", Fields = Fields("""{"text":"hello"}""") });
        Assert.Equal((SynapseOutcome.Rejected, 401), (result.Outcome, result.StatusCode));
    }

    [Fact]
    public async Task A_name_that_is_no_class_is_refused_before_anything_is_sent()
    {
        await using var host = await AxonHost.StartAsync(_ => { });
        await Assert.ThrowsAsync<ArgumentException>(() => CallAsync(host, new OpenSynapse { Name = "../admin" }));
        await Assert.ThrowsAsync<ArgumentException>(() => CallAsync(host, new OpenSynapse { Name = "Echo", HashFields = ["text"] }));
    }

    [Fact]
    public void Its_body_hash_is_that_of_a_class_with_the_same_fields() => Assert.Equal(
        BodyHash.Compute(new Echo { Text = "it's" }),
        BodyHash.Compute(new OpenSynapse { Name = "Echo", Fields = Fields("""{"text":"it's"}"""), HashFields = ["text"] }));

    private static async Task<SynapseResult<OpenSynapse>> CallAsync(AxonHost host, OpenSynapse synapse)
    {
        using var alice = Keypair.FromUri("//Alice");
        using var http = new HttpClient(DendriteClient.CreateHandler());
        var dendrite = new DendriteClient(alice, http, TimeProvider.System);
        return await dendrite.CallAsync(host.Endpoint, synapse, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    private static Dictionary<string, JsonElement> Fields(string json) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
}
