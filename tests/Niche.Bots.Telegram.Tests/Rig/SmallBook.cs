using Niche.Bots.Commands;

namespace Niche.Bots.Telegram.Tests.Rig;

/// <summary>A small book of commands.</summary>
internal static class SmallBook
{
    public static CommandBook All { get; } = new(
    [
        new CommandSpec("imagine", new Dictionary<string, string> { ["en"] = "Paint", ["de"] = "Male", ["pt-BR"] = "Pinte" }, []),
        new CommandSpec("help", new Dictionary<string, string> { ["en"] = "Help", ["de"] = "Hilfe" }, []),
        new CommandSpec("drain", new Dictionary<string, string> { ["en"] = "Stop taking orders" }, [], ForOperators: true),
    ], []);
}
