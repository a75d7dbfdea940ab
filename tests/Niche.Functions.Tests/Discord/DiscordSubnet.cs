using Niche.DiscordStandIn;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>A whole subnet whose bot talks to a Discord of the test's own.</summary>
public sealed class DiscordSubnet(SharedSubnet shared) : IAsyncLifetime
{
    public DiscordServer Discord { get; private set; } = null!;

    public SmallSubnet Subnet { get; private set; } = null!;

    public Uri Interactions => new(Subnet.Url, "bots/discord");

    /// <summary>Time that a token lives: shorter than the bot believes in tests of its end.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Interactions come over a gateway connection of the functions' own process.</summary>
    public bool UsesGateway { get; init; }

    public async ValueTask InitializeAsync()
    {
        Discord = await DiscordServer.StartAsync(new StandInOptions { TokenLife = TokenLife });
        Subnet = await SmallSubnet.StartAsync(
            shared.Endpoint.Address, true, $"Discord:Token={Discord.Token}", $"Discord:PublicKey={Discord.Sender.PublicKey}", $"Discord:ApiBase={Discord.ApiBase}",
            $"Discord:FileHosts:0={Discord.Url.Authority}", "Schedules:BotUpkeep=0 0 0 1 1 *", $"Bots:Connect={UsesGateway}", "Bots:OpenOrders=50", "Bots:PicturesPerHour=1000");
        await Subnet.WhenReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Subnet.DisposeAsync();
        await Discord.DisposeAsync();
    }
}
