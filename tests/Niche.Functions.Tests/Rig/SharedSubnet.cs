using Niche.Functions.Tests.Rig;

[assembly: AssemblyFixture(typeof(SharedSubnet))]

namespace Niche.Functions.Tests.Rig;

/// <summary>A subnet that is ready, for all tests that leave it as they found it; its endpoint serves the others as well.</summary>
public sealed class SharedSubnet : IAsyncLifetime
{
    public SharedEndpoint Endpoint { get; } = new();

    public SmallSubnet Subnet { get; private set; } = null!;

    public HttpClient Http => Subnet.Http;

    public async ValueTask InitializeAsync()
    {
        await Endpoint.InitializeAsync();
        Subnet = await SmallSubnet.StartAsync(Endpoint.Address, withMiner: true);
        await Subnet.WhenReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Subnet.DisposeAsync();
        await Endpoint.DisposeAsync();
    }
}
