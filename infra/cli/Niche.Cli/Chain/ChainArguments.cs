using System.CommandLine;
using Niche.Cli.Terminal;

namespace Niche.Cli.Chain;

/// <summary>The options that say which chain a command talks with.</summary>
internal sealed class ChainArguments
{
    private readonly Option<string?> _ledger = new("--ledger") { Description = "URL of a local ledger that stands in for the chain. [NICHE_LEDGER]" };
    private readonly Option<ushort> _netuid = new("--netuid", "-n") { Description = "Subnet number.", DefaultValueFactory = _ => 23 };

    /// <summary>Adds the options.</summary>
    public ChainArguments AddTo(Command command, bool netuid = true)
    {
        command.Add(_ledger);
        if (netuid) command.Add(_netuid);
        return this;
    }

    /// <summary>The subnet.</summary>
    public ushort Netuid(ParseResult parsed) => parsed.GetValue(_netuid);

    /// <summary>Opens the chain; nothing is sent yet.</summary>
    /// <exception cref="CommandException">Not a URL.</exception>
    public ChainAccess Open(ParseResult parsed, Shell shell)
    {
        if ((parsed.GetValue(_ledger) ?? shell.Environment("NICHE_LEDGER")) is { Length: > 0 } ledger) return ChainAccess.OfLedger(ledger, shell.Time);
        throw new CommandException(ExitCode.Usage, "usage", "Name a chain: --ledger URL.");
    }
}
