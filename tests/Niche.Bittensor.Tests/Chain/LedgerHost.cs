using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Chain.Ledger;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>A real ledger over HTTP on a loopback port, on a file that survives <see cref="DisposeAsync"/>.</summary>
public sealed class LedgerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly LedgerState _state;

    private LedgerHost(WebApplication app, LedgerState state, FakeTimeProvider time)
    {
        (_app, _state) = (app, state);
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new HttpClient { BaseAddress = new Uri(address) };
        Client = new LedgerClient(Http, time);
    }

    public HttpClient Http { get; }

    public LedgerClient Client { get; }

    public static async Task<LedgerHost> StartAsync(LedgerOptions options, FakeTimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var state = await LedgerState.OpenAsync(options, time, TestContext.Current.CancellationToken);
        var app = builder.Build();
        app.MapLedger(state);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new LedgerHost(app, state, time);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _state.Dispose();
    }
}
