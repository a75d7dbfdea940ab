using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>A real axon on a loopback port of its own, with //Bob as its hotkey.</summary>
public sealed class AxonHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private AxonHost(WebApplication app, Keypair hotkey)
    {
        (_app, Hotkey) = (app, hotkey);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public Keypair Hotkey { get; }

    public Uri Address { get; }

    public AxonEndpoint Endpoint => new("127.0.0.1", Address.Port, Hotkey.Address);

    public static async Task<AxonHost> StartAsync(Action<AxonOptions> configure, AxonLimits? limits = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureAxonLimits(limits));
        var hotkey = Keypair.FromUri("//Bob");
        builder.Services.AddAxon(options =>
        {
            options.Hotkey = hotkey;
            configure(options);
        });
        var app = builder.Build();
        app.MapAxon();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new AxonHost(app, hotkey);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Hotkey.Dispose();
    }
}
