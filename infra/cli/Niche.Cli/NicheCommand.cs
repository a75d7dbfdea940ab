using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Niche.Bots.Terminal.Client;
using Niche.Cli.Axons;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;
using Niche.Cli.Weights;

namespace Niche.Cli;

/// <summary>The command <c>niche</c>: its parts, and what happens to a command line that can not be understood.</summary>
internal static class NicheCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>All commands. A new one is one line here and one file.</summary>
    public static Command Create(Shell shell) => new("niche", """
        Bittensor from the terminal: wallets, metagraph, axons, weights, queries, extrinsics.

        Exit codes: 0 done, 1 refused or not valid, 2 wrong usage, 3 wallet or key, 4 chain or peer unreachable, 70 a fault of
        this program, 130 stopped.
        """)
    {
        WalletCommand.Create(shell),
        MetagraphCommand.Create(shell),
        AxonCommand.Create(shell),
        QueryCommand.Create(shell),
        WeightsCommand.Create(shell),
        DecodeCommand.Create(shell),
        ChatCommand.Create(shell.Input, shell.Output.Profile.Out.Writer, shell.Output.Profile.Capabilities.Ansi, shell.Environment, shell.Time),
        CommandAction.Json,
        new HelpOption(),
        new VersionOption(),
    };

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(string[] args, Shell shell)
    {
        var parsed = Create(shell).Parse(args);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = Grace });
        var command = string.Join(' ', Line(parsed.CommandResult).Reverse().Select(one => one.Command.Name));
        shell.Fail("usage", $"{parsed.Errors[0].Message} Try {command} --help.", parsed.GetValue(CommandAction.Json));
        return ExitCode.Usage;
    }

    private static IEnumerable<CommandResult> Line(CommandResult result)
    {
        for (CommandResult? at = result; at is not null; at = at.Parent as CommandResult) yield return at;
    }
}
