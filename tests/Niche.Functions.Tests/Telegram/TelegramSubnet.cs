using Niche.Functions.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Description;
using Niche.TelegramStandIn.Flood;
using Telegram.Bot;

namespace Niche.Functions.Tests.Telegram;

/// <summary>A whole subnet whose bot is written to, by webhook, from a Telegram of the test's own.</summary>
public sealed class TelegramSubnet(SharedSubnet shared) : IAsyncLifetime
{
    public const string Secret = "functions_secret";

    public TelegramServer Server { get; private set; } = null!;

    public SmallSubnet Subnet { get; private set; } = null!;

    public Uri Webhook => new(Subnet.Url, "bots/telegram");

    public async ValueTask InitializeAsync()
    {
        Server = await TelegramServer.StartAsync(new StandInOptions(new FloodLimits(), TimeProvider.System, ApiDescription.Find()));
        Subnet = await SmallSubnet.StartAsync(
            shared.Endpoint.Address, true, $"Telegram:Token={Server.Token}", $"Telegram:ApiBase={Server.Url}", $"Telegram:WebhookSecret={Secret}",
            "Schedules:BotUpkeep=0 0 0 1 1 *");
        await Subnet.WhenReadyAsync();
        TelegramBotClient client = new(new TelegramBotClientOptions(Server.Token, Server.Url.ToString().TrimEnd('/')) { RetryCount = 0 });
        await client.SetWebhook(Webhook.ToString(), secretToken: Secret, cancellationToken: TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Subnet.DisposeAsync();
        await Server.DisposeAsync();
    }
}
