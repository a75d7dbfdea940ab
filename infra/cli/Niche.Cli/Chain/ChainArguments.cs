using System.CommandLine;
using Niche.Bittensor.Chain.Rpc;
using Niche.Cli.Terminal;

namespace Niche.Cli.Chain;

/// <summary>The options that say which chain a command talks with.</summary>
internal sealed class ChainArguments
{
    private const string NetworkVariable = "NICHE_NETWORK", LedgerVariable = "NICHE_LEDGER";

    private readonly Option<string[]> _network = new("--network")
    {
        HelpName = "finney|test|local|URL", Description = $"Chain, or a node of it; several nodes stand in for one another. [{NetworkVariable}, else finney]",
    };

    private readonly Option<string?> _ledger = new("--ledger") { HelpName = "URL", Description = $"A local ledger that stands in for the chain. [{LedgerVariable}]" };
    private readonly Option<ushort> _netuid = new("--netuid", "-n") { HelpName = "number", Description = "Subnet.", DefaultValueFactory = _ => 23 };

    /// <summary>Adds the options.</summary>
    public ChainArguments AddTo(Command command, bool netuid = true)
    {
        _network.Validators.Add(result =>
        {
            // The text is not repeated: a node's address may hold a password.
            if (result.GetValueOrDefault<string[]>()?.Any(one => !RpcEndpoint.TryParse(one, out _)) == true)
                result.AddError("--network takes finney, test, local, or a node's address that begins with wss://, ws://, https:// or http://.");
        });
        command.Add(_network);
        command.Add(_ledger);
        if (netuid) command.Add(_netuid);
        return this;
    }

    /// <summary>The subnet.</summary>
    public ushort Netuid(ParseResult parsed) => parsed.GetValue(_netuid);

    /// <summary>Opens the chain; nothing is sent yet.</summary>
    /// <exception cref="CommandException">Two chains, or an address that is none.</exception>
    public ChainAccess Open(ParseResult parsed, Shell shell)
    {
        var (network, ledger) = (parsed.GetValue(_network) ?? [], parsed.GetValue(_ledger));
        if (network.Length > 0 && ledger is not null) throw new CommandException(ExitCode.Usage, "usage", "Name a --network or a --ledger, not both.");
        if (network.Length == 0 && (ledger ?? shell.Environment(LedgerVariable)) is { Length: > 0 } url) return ChainAccess.OfLedger(url, shell);
        if (network.Length == 0) network = [shell.Environment(NetworkVariable) is { Length: > 0 } named ? named : "finney"];
        return RpcEndpoint.TryParse(network[0], out _)
            ? ChainAccess.OfNetwork(network, shell)
            : throw new CommandException(ExitCode.Usage, "usage", $"{NetworkVariable} holds none of finney, test, local and no node's address.");
    }
}
