using Microsoft.Extensions.DependencyInjection;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Subtensor;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

public class SubtensorServiceTests
{
    [Fact]
    public async Task A_host_gets_one_client_for_both_names()
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http"]);
        network.Chain.Produce(7);
        var services = new ServiceCollection().AddSubtensor(chain => chain.Endpoints.Add(network.Servers[0].Endpoint("http").Name));
        await using var host = services.BuildServiceProvider();
        Assert.Same(host.GetRequiredService<SubtensorClient>(), host.GetRequiredService<ISubtensor>());
        Assert.Equal(7UL, await host.GetRequiredService<ISubtensor>().GetBlockAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(131072)]
    public void A_period_that_no_era_has_is_refused(int period) =>
        Assert.Throws<ArgumentException>(() => SubtensorClient.Connect(new SubtensorOptions { Endpoints = ["local"], EraPeriod = (ulong)period }, new HttpClient(), TimeProvider.System, new Random()));

    [Fact]
    public void Without_a_node_there_is_no_client() =>
        Assert.Throws<ArgumentException>(() => SubtensorClient.Connect(new SubtensorOptions(), new HttpClient(), TimeProvider.System, new Random()));
}
