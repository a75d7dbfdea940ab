using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Platforms;

namespace Niche.Bots.Terminal;

/// <summary>Wires the terminal chat.</summary>
public static class TerminalServices
{
    /// <summary>Adds platform and desk; the desk answers only when <c>Bots:Terminal</c> is set.</summary>
    public static IServiceCollection AddTerminalBot(this IServiceCollection services) => services
        .AddSingleton<TerminalStore>().AddSingleton<IChatPlatform, TerminalPlatform>().AddSingleton<TerminalDesk>();
}
