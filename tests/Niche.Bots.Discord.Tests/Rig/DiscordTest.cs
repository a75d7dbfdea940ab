using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;
using Niche.Storage;

namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>A test with a Discord of its own and the real edge in front of a desk that writes down what it gets; at its end nothing may have been sent that Discord does not allow.</summary>
public abstract class DiscordTest : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-discord-").FullName;
    private ServiceProvider _services = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected static StandInUser Anna { get; } = new(101, "Anna", "de");

    protected static StandInUser Boris { get; } = new(102, "Boris", "ru");

    protected DiscordServer Discord { get; private set; } = null!;

    protected RecordingDesk Desk { get; } = new();

    protected IServiceProvider Services => _services;

    protected DiscordPlatform Platform => (DiscordPlatform)_services.GetRequiredService<IChatPlatform>();

    protected DiscordRest Rest => _services.GetRequiredService<DiscordRest>();

    protected IBlobStore Blobs => _services.GetRequiredService<IBlobStore>();

    protected virtual StandInOptions Options => new();

    protected virtual bool UsesGateway => false;

    /// <summary>Faults that a test makes on purpose are looked at by it.</summary>
    protected virtual bool MayFault => false;

    public virtual async ValueTask InitializeAsync()
    {
        Discord = await DiscordServer.StartAsync(Options);
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Discord:Token"] = Discord.Token, ["Discord:PublicKey"] = Discord.Sender.PublicKey, ["Discord:ApiBase"] = Discord.ApiBase.AbsoluteUri,
            ["Discord:FileHosts:0"] = Discord.Url.Authority, ["Storage:Path"] = _folder,
        }).Build();
        ServiceCollection services = new();
        services.AddLogging().AddSingleton(configuration).AddSingleton(Options.Time).AddSingleton<IBotDesk>(Desk).AddNicheStorage(configuration);
        Assert.True(services.AddDiscordBot(configuration));
        services.AddDiscordEndpoint();
        Configure(services);
        if (UsesGateway) services.AddDiscordGateway();
        _services = services.BuildServiceProvider();
        foreach (IHostedService hosted in _services.GetServices<IHostedService>()) await hosted.StartAsync(Ct);
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (IHostedService hosted in _services.GetServices<IHostedService>()) await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await Discord.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        if (!MayFault) Assert.Empty(Discord.Faults);
        GC.SuppressFinalize(this);
    }

    protected virtual void Configure(IServiceCollection services)
    {
    }
}
