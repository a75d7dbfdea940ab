using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Admission;

public sealed class WaitingTests
{
    [Fact]
    public async Task A_request_whose_turn_does_not_come_in_time_is_told_408_and_never_reaches_the_endpoint()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var go = new TaskCompletionSource();
        await using var busy = await HostileEndpoint.StartAsync(async http =>
        {
            await go.Task;
            await http.Response.WriteAsync($$"""{"image":"{{HostileEndpoint.Png}}"}""");
        });
        await using var rig = await MinerRig.StartAsync([busy.Address], options => options with { MaxConcurrent = 1 }, time: time);
        var gate = (FairGate)rig.Services.GetService(typeof(FairGate))!;
        using var alice = Keypair.FromUri("//Alice");

        // The caller's clock stands by itself: it must not give up before the miner does.
        var dendrite = new DendriteClient(alice, rig.Http, TimeProvider.System);
        var first = dendrite.CallAsync(rig.Axon, Ask.Image(), TimeSpan.FromSeconds(110), TestContext.Current.CancellationToken);
        while (gate.Running < 1) await Task.Yield();
        var second = dendrite.CallAsync(rig.Axon, Ask.Image(), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        while (gate.Waiting < 1) await Task.Yield();

        time.Advance(TimeSpan.FromSeconds(31));
        var late = await second;
        go.SetResult();

        Assert.Equal((408, "No turn came within the timeout."), (late.StatusCode, late.StatusMessage));
        Assert.Equal(200, (await first).StatusCode);
        Assert.Equal((0, 1), (gate.Waiting, busy.Asked));
    }
}
