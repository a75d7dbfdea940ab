using Microsoft.Extensions.DependencyInjection;
using Niche.Bots;
using Niche.Bots.Orders;
using Niche.Bots.Ports;
using Niche.Bots.Terminal;
using Niche.Validator.Deliveries;

namespace Niche.Functions.Api.Bots;

/// <summary>Puts the bots on the validator.</summary>
public static class BotWiring
{
    /// <summary>Doors exist for every platform that there ever was a job from, also while its token is not set.</summary>
    private static readonly string[] Platforms = ["discord", "telegram", TerminalPlatform.PlatformName];

    /// <summary>Adds core, ports, doors and the platforms whose tokens are set.</summary>
    public static IServiceCollection AddValidatorBots(this IServiceCollection services)
    {
        services.AddBots().AddTerminalBot()
            .AddSingleton<IPainting, ValidatorPainting>().AddSingleton<IWriting, ValidatorWriting>().AddSingleton<INetworkFacts, ValidatorFacts>()
            .AddSingleton<IReceiptBook, ValidatorReceipts>().AddSingleton<IDescribing, ValidatorDescribing>();
        foreach (string platform in Platforms) services.AddSingleton<IDoor>(p => new BotDoor(platform, p.GetRequiredService<OrderBoard>()));
        return services;
    }
}
