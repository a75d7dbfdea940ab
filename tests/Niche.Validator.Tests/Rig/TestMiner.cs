using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Niche.Attacks;
using Niche.Bittensor.Keys;
using Niche.Miner;
using Niche.Miner.Endpoints;
using Niche.Miner.Work;

namespace Niche.Validator.Tests.Rig;

/// <summary>A real miner on a socket, honest or not.</summary>
public sealed class TestMiner : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Keypair _hotkey;

    private TestMiner(WebApplication app, Keypair hotkey, string kind) => (_app, _hotkey, Kind) = (app, hotkey, kind);

    public string Kind { get; }

    public string Hotkey => _hotkey.Address;

    /// <summary>Requests that it works on now.</summary>
    public int Running => _app.Services.GetRequiredService<Niche.Bittensor.Axon.FairGate>().Running;

    public static async Task<TestMiner> StartAsync(
        string kind, MinerOptions options, TimeProvider time, TestLog log, Func<IMinerWork, IMinerWork>? decorate)
    {
        void Configure(IServiceCollection services)
        {
            services.AddSingleton(time);
            services.AddLogging(logging => logging.ClearProviders().AddProvider(log));
            if (decorate is null) return;
            services.AddSingleton<EndpointWork>();
            services.AddSingleton(provider => decorate(provider.GetRequiredService<EndpointWork>()));
        }

        WebApplication app = kind == "honest" ? MinerHost.Build(options, Configure) : AttackHost.Build(kind, options, Configure);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient http = new();
        Uri ready = new(new Uri(app.Urls.Single()), "/health/ready");
        await Until.TrueAsync(async () => (await http.GetAsync(ready, TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        return new TestMiner(app, options.Hotkey, kind);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hotkey.Dispose();
    }
}
