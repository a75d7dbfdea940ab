using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Discord.Gateway;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.Gateway;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Gateway;

/// <summary>A test in which interactions come over the gateway.</summary>
public abstract class GatewayTest : DiscordTest
{
    protected override StandInOptions Options { get; } = new() { HeartbeatInterval = TimeSpan.FromMilliseconds(400), BucketSize = 1000, PerSecond = 1000 };

    protected override bool UsesGateway => true;

    protected override void Configure(IServiceCollection services) =>
        services.AddSingleton(new GatewayPauses(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(200)));

    private int _sessions;

    /// <summary>The next connection that both sides hold for ready: the bot may hold itself for it a moment before it noticed that the last one ended.</summary>
    protected async Task<GatewayLink> ConnectedAsync()
    {
        GatewayLink link = await Discord.Gateway.NextAsync(Ct);
        GatewayIntake intake = Services.GetRequiredService<GatewayIntake>();
        int sessions = ++_sessions;
        await Until.TrueAsync(() => Discord.Gateway.Identified + Discord.Gateway.Resumed >= sessions && intake.IsReady, Ct);
        return link;
    }

    protected async Task<OpenInteraction> AskAsync(string command)
    {
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), command);
        await Discord.Gateway.DispatchAsync(asked);
        return asked;
    }
}
