using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots;
using Niche.Bots.Discord;
using Niche.Bots.Orders;
using Niche.Bots.Ports;
using Niche.Bots.Telegram;
using Niche.Bots.Terminal;
using Niche.Validator.Deliveries;

namespace Niche.Functions.Api.Bots;

/// <summary>Puts the bots on the validator.</summary>
public static class BotWiring
{
    // Doors exist for every platform that there ever was a job from, also while its token is not set.
    private static readonly string[] Platforms = ["discord", "telegram", TerminalPlatform.PlatformName];

    /// <summary>
    /// Adds core, ports, doors, the terminal, and the platforms whose tokens are set. What happens there comes by webhook, or, with
    /// <c>Bots:Connect</c>, over connections that this process opens itself: for machines without a public address.
    /// </summary>
    public static IServiceCollection AddValidatorBots(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddBots().AddTerminalBot()
            .AddSingleton<IPainting, ValidatorPainting>().AddSingleton<IWriting, ValidatorWriting>().AddSingleton<INetworkFacts, ValidatorFacts>()
            .AddSingleton<IReceiptBook, ValidatorReceipts>().AddSingleton<IDescribing, ValidatorDescribing>();
        bool connects = configuration.GetValue<bool>("Bots:Connect");
        services.AddTelegramBot(configuration);
        if (connects) services.AddTelegramPolling();
        if (services.AddDiscordBot(configuration))
        {
            if (connects) services.AddDiscordGateway();
            else if (!string.IsNullOrWhiteSpace(configuration["Discord:PublicKey"])) services.AddDiscordEndpoint();
        }

        foreach (string platform in Platforms) services.AddSingleton<IDoor>(p => new BotDoor(platform, p.GetRequiredService<OrderBoard>()));
        return services;
    }
}
