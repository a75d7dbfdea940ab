using System.Net;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Rpc;
using Niche.Miner.Admission;
using Niche.Miner.Endpoints;
using Niche.Miner.Network;
using Niche.Miner.Serving;
using Niche.Miner.Status;
using Niche.Miner.Work;

namespace Niche.Miner;

/// <summary>Builds a miner, for its own process and for processes that host several.</summary>
public static class MinerHost
{
    /// <summary>Wires the axon; it serves once the application is started.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="services">Last word on the services: decorate <see cref="IMinerWork"/>, or replace <see cref="ISubtensor"/> or the clock.</param>
    public static WebApplication Build(MinerOptions options, Action<IServiceCollection>? services = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. options.Urls]);
        var limits = new AxonLimits();
        if (options.BehindProxy) limits = limits with { MaxConnectionsPerAddress = 0 };
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureAxonLimits(limits));
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        AddServices(builder.Services, options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.Services.GetRequiredService<StatusRoutes>().Map(app);
        app.MapAxon();
        return app;
    }

    private static void AddServices(IServiceCollection services, MinerOptions options)
    {
        services.AddMetrics();
        services.AddSingleton(options);
        services.AddSingleton(options.Policy);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => options.Chain.Connect(
            new HttpClient(HttpRpcConnection.CreateHandler()), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new EndpointPool(options.Endpoints, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(_ => new EndpointClient(CreateClient()));
        services.AddSingleton<IMinerWork, EndpointWork>();
        services.AddSingleton(provider => new QuotaBook(options.QuotaInterval, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new FairGate(options.MaxConcurrent, options.MaxWaiting));
        services.AddSingleton<FrontDesk>();
        services.AddSingleton<OrderReader>();
        services.AddSingleton<Tally>();
        services.AddSingleton<WorkRunner>();
        services.AddSingleton<InformationHandler>();
        services.AddSingleton<SynapseHandlers>();
        services.AddSingleton<StatusRoutes>();
        services.AddSingleton<MetagraphWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<MetagraphWatch>());
        services.AddHostedService<EndpointWatch>();
        services.AddHostedService<AxonAnnouncer>();
        services.AddAxon((provider, axon) => Configure(provider, axon, options));
    }

    private static void Configure(IServiceProvider provider, AxonOptions axon, MinerOptions options)
    {
        axon.Hotkey = options.Hotkey;
        axon.TimeProvider = provider.GetRequiredService<TimeProvider>();

        if (options.BehindProxy) axon.MaxWrongSignaturesPerMinute = 0;
        axon.NonceFile = options.DataFolder is { } folder ? Path.Combine(Directory.CreateDirectory(folder).FullName, "nonces") : null;

        // The miner's own gate decides who waits; the axon's must never be the narrower one.
        axon.MaxConcurrentHandlers = options.MaxConcurrent + options.MaxWaiting + 64;
        provider.GetRequiredService<SynapseHandlers>().Attach(axon);
    }

    // The deadline of each request is the work's own business.
    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.None,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectTimeout = TimeSpan.FromSeconds(3),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };
}
