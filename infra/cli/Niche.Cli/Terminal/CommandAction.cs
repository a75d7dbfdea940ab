using System.CommandLine;
using System.Net.Sockets;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Cli.Terminal;

/// <summary>Runs commands: every fault becomes one line and an exit code.</summary>
internal static class CommandAction
{
    private const string TraceVariable = "NICHE_TRACE";

    /// <summary>The option that every command has.</summary>
    public static Option<bool> Json { get; } = new("--json") { Description = "One JSON document for programs; errors too, on the error output.", Recursive = true };

    /// <summary>Sets what the command does.</summary>
    public static Command Runs(this Command command, Shell shell, Func<ParseResult, CancellationToken, Task<int>> work)
    {
        command.SetAction(async (parsed, ct) =>
        {
            try
            {
                return await work(parsed, ct);
            }
            catch (Exception e) when (shell.Environment(TraceVariable) is not "1")
            {
                var end = Of(e, ct);
                if (end.ExitCode != ExitCode.Stopped) shell.Fail(end.Code, end.Message, parsed.GetValue(Json));
                return end.ExitCode;
            }
        });
        return command;
    }

    private static CommandException Of(Exception fault, CancellationToken ct) => fault switch
    {
        CommandException command => command,
        WalletException wallet => new(ExitCode.Wallet, "wallet_" + Snake(wallet.Fault.ToString()), wallet.Message),
        KeyFormatException key => new(ExitCode.Wallet, "key_format", key.Message),
        SubtensorException chain => new(ExitCode.Unreachable, "chain", chain.Message),
        OperationCanceledException when ct.IsCancellationRequested => new(ExitCode.Stopped, "stopped", "Stopped."),
        HttpRequestException or SocketException => new(ExitCode.Unreachable, "unreachable", fault.Message),
        IOException or UnauthorizedAccessException => new(ExitCode.Usage, "file", fault.Message),
        _ => new(ExitCode.Internal, "internal", $"A fault of this program, {fault.GetType().Name}. Set {TraceVariable}=1 to see where, and report it."),
    };

    private static string Snake(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
