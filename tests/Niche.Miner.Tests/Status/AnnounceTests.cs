using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Status;

public sealed class AnnounceTests
{
    [Fact]
    public async Task The_axon_is_published_with_the_port_it_listens_on()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address], options => options with { ExternalIp = "127.0.0.1" });

        AxonEndpoint? axon = null;
        while (axon is null)
            axon = (await rig.Chain.GetMetagraphAsync(23, TestContext.Current.CancellationToken)).FindByHotkey(rig.Hotkey.Address)!.Axon;

        Assert.Equal(rig.Axon, axon);
    }

    [Fact]
    public async Task A_chain_that_does_not_answer_is_asked_until_it_does()
    {
        var chain = new FlakyChain(failures: 3);
        using var key = Niche.Bittensor.Keys.Keypair.FromUri("//Bob");
        var options = new MinerOptions
        {
            Hotkey = key, Endpoints = [new Uri("http://127.0.0.1:1")], Chain = ChainAddress.Of(new Uri("http://127.0.0.1:1")), Urls = ["http://127.0.0.1:0"],
            ExternalIp = "192.0.2.1", ExternalPort = 8091,
        };
        await using var app = MinerHost.Build(options, services =>
        {
            services.AddSingleton<ISubtensor>(chain);
            services.AddSingleton<TimeProvider>(new Impatient());
            services.AddLogging(logging => logging.ClearProviders());
        });
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new AxonEndpoint("192.0.2.1", 8091, key.Address), await chain.Served.WaitAsync(TestContext.Current.CancellationToken));
    }

    // Timers that are due at once: back-off without waiting.
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            System.CreateTimer(callback, state, dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromMinutes(2) ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
