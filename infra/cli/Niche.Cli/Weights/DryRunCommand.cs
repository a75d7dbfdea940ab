using System.CommandLine;
using Niche.Bittensor.Chain.Weights;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Weights;

/// <summary><c>niche weights dry-run</c>.</summary>
internal static class DryRunCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        ChainArguments chain = new();
        WeightArguments weights = new();
        Command command = new("dry-run", """
            Shows exactly what weights set would send, byte for byte, and what the chain would say against it. Sends nothing and opens no key.
            Exit code 0 when it could be sent, 1 when the chain is sure to refuse it.

            Examples:
              niche weights dry-run --netuid 23 --weights 0=0.7 5=0.3 --wallet validator
              niche weights dry-run --netuid 23 --file weights.json --json
            """);
        weights.AddTo(command);
        chain.AddTo(command);
        wallet.AddTo(command, password: false, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var request = weights.Read(parsed, chain.Netuid(parsed));
            var hotkey = wallet.HotkeyPublic(parsed, shell);
            await using var access = chain.Open(parsed, shell);
            if (access.Ledger is not null)
            {
                var objections = await LedgerPlan.ObjectionsAsync(access, request, hotkey.Address, shell.Time, ct);
                ShowLedger(shell, parsed, request, hotkey.Address, objections);
                return objections.Any(one => one.IsCertain) ? ExitCode.Refused : ExitCode.Done;
            }

            var plan = await access.Network.PlanWeightsAsync(request, hotkey.Bytes.ToArray(), ct);
            if (parsed.GetValue(CommandAction.Json)) shell.Write(Document(plan, hotkey.Address));
            else shell.Line(plan.Describe().TrimEnd());
            return plan.MaySend ? ExitCode.Done : ExitCode.Refused;
        });
    }

    private static void ShowLedger(Shell shell, ParseResult parsed, WeightRequest request, string hotkey, IReadOnlyList<WeightObjection> objections)
    {
        if (parsed.GetValue(CommandAction.Json))
        {
            shell.Write(new
            {
                hotkey, call = "set_weights", arguments = new { request.Netuid, request.Uids, request.Values, request.VersionKey },
                objections = Objections(objections), may_send = !objections.Any(one => one.IsCertain),
            });
            return;
        }

        shell.Pairs(
        [
            ("call", "set_weights, on a ledger"), ("hotkey", hotkey),
            ("uids", $"[{string.Join(", ", request.Uids)}]"), ("values", $"[{string.Join(", ", request.Values)}]"),
            .. objections.Select(one => (one.IsCertain ? "refused" : "may be refused", (string?)one.ToString())),
        ]);
        shell.Line("nothing was sent");
    }

    private static object Objections(IEnumerable<WeightObjection> objections) => objections.Select(one => new { one.Code, one.Words, certain = one.IsCertain });

    private static object Document(WeightPlan plan, string hotkey) => new
    {
        hotkey,
        plan.Block,
        call = $"{plan.Call.Pallet}.{plan.Call.Name}",
        plan.Choice.Reason,
        arguments = plan.Arguments.ToDictionary(one => one.Key, one => one.Value is byte[] bytes ? "0x" + Convert.ToHexStringLower(bytes) : one.Value),
        encoded = "0x" + Convert.ToHexStringLower(plan.Call.Data.Span),
        plan.RevealRound,
        plan.RevealBlock,
        objections = Objections(plan.Objections),
        may_send = plan.MaySend,
    };
}
