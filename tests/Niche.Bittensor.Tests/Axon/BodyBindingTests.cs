using System.Net;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

public sealed class BodyBindingTests
{
    [Fact]
    public async Task Our_dendrite_binds_the_whole_body_and_our_axon_knows()
    {
        AxonCaller? seen = null;
        await using var axon = await AxonHost.StartAsync(options =>
        {
            options.RequireBodyBinding = true;
            options.Attach<Echo>((echo, caller, _) =>
            {
                seen = caller;
                return Task.FromResult(AxonReply.Success(echo));
            });
        });
        using var hotkey = Keypair.FromUri("//Alice");
        using var http = new HttpClient(DendriteClient.CreateHandler());
        var bound = new DendriteClient(hotkey, http, TimeProvider.System);
        var stock = new DendriteClient(hotkey, http, TimeProvider.System, new DendriteOptions { BindBody = false });

        var served = await bound.CallAsync(axon.Endpoint, new Echo { Text = "x" }, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var refused = await stock.CallAsync(axon.Endpoint, new Echo { Text = "x" }, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.True(served.IsSuccess, served.StatusMessage);
        Assert.True(seen!.BodyBound);
        Assert.Equal(hotkey.Address, seen.Hotkey);
        Assert.Equal((SynapseOutcome.Rejected, 401), (refused.Outcome, refused.StatusCode));
    }

    [Theory]
    [InlineData("body", false)]
    [InlineData("path", false)]
    [InlineData("signature", false)]
    [InlineData("only half", false)]
    [InlineData("nothing", true)]
    public async Task A_bound_request_can_not_be_changed_on_the_way(string change, bool served)
    {
        await using var axon = await AxonHost.StartAsync(options =>
            options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        using var http = new HttpClient();
        using var alice = Keypair.FromUri("//Alice");
        var call = StockCall.To(axon);
        var sha256 = SigningText.BodySha256(call.Body);
        var text = SigningText.BodyBinding(
            long.Parse(call.Headers["bt_header_dendrite_nonce"], null), alice.Address, axon.Hotkey.Address, call.Headers["bt_header_dendrite_uuid"], change == "path" ? "Other" : "Echo", sha256);
        call.With("niche_body_sha256", sha256);
        if (change != "only half") call.With("niche_body_signature", "0x" + Convert.ToHexStringLower(change == "signature" ? new byte[64] : alice.Sign(text)));
        if (change == "body") call.Body = """{"text": "hello", "times": 3}"""u8.ToArray();

        using var response = await call.SendAsync(http, axon.Address);

        Assert.Equal(served ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
