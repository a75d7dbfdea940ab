using System.CommandLine;
using Niche.Bittensor.Chain.Weights;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Weights;

/// <summary><c>niche weights set</c>.</summary>
internal static class SetCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        ChainArguments chain = new();
        WeightArguments weights = new();
        Command command = new("set", """
            Brings weights on the chain as the subnet's rules ask: set openly, locked to a drand round, or committed as a hash. Nothing is sent that
            the chain is sure to refuse; waits until the call is in a block. Look first with weights dry-run.

            Examples:
              niche weights set --netuid 23 --weights 0=0.7 5=0.3 --wallet validator
              niche weights set --netuid 23 --file weights.json --ledger http://127.0.0.1:9000
            """);
        weights.AddTo(command);
        chain.AddTo(command);
        wallet.AddTo(command, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var request = weights.Read(parsed, chain.Netuid(parsed));
            using var hotkey = await wallet.HotkeyAsync(parsed, shell, ct);
            await using var access = chain.Open(parsed, shell);
            var result = await access.Chain.SetWeightsAsync(request.Netuid, request.Uids, request.Values, request.VersionKey, hotkey, ct);
            Show(shell, parsed, [result]);
            return result.Success ? ExitCode.Done : ExitCode.Refused;
        });
    }

    /// <summary>How weights ended, one by one.</summary>
    public static void Show(Shell shell, ParseResult parsed, IReadOnlyList<WeightsResult> results)
    {
        if (parsed.GetValue(CommandAction.Json))
        {
            shell.Write(results.Select(one => new
            {
                success = one.Success, step = one.Step.ToString().ToLowerInvariant(), one.Call, one.Extrinsic.Hash, one.Extrinsic.Block, one.Error, one.Extrinsic.Detail,
                one.RevealRound, one.RevealBlock,
            }));
            return;
        }

        foreach (var one in results)
        {
            shell.Pairs(
            [
                ("weights", one.Success ? one.Step.ToString().ToLowerInvariant() : "not on the chain"),
                ("call", one.Call),
                ("block", one.Extrinsic.Block is { } block ? Words.Number((long)block) : null),
                ("hash", one.Extrinsic.Hash),
                ("revealed from", one.RevealBlock is { } reveal ? $"block {Words.Number((long)reveal)}, by {Revealer(one)}" : null),
                ("why not", one.Success ? null : one.Extrinsic.Detail is { } detail ? $"{one.Error}: {detail}" : one.Error),
            ]);
        }
    }

    private static string Revealer(WeightsResult result) => result.Step == WeightStep.Committed ? "niche weights reveal" : "the chain";
}
