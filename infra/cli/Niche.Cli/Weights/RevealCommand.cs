using System.CommandLine;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Weights;

/// <summary><c>niche weights reveal</c>.</summary>
internal static class RevealCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        ChainArguments chain = new();
        Command command = new("reveal", """
            Reveals weights that this machine committed as a hash, when their epoch is there. Timelocked weights reveal themselves. The salts
            lie in ~/.bittensor/niche-commits.json (NICHE_COMMITS).

            Examples:
              niche weights reveal --netuid 23 --wallet validator
            """);
        chain.AddTo(command);
        wallet.AddTo(command, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            using var hotkey = await wallet.HotkeyAsync(parsed, shell, ct);
            await using var access = chain.Open(parsed, shell);
            var results = await access.Chain.RevealWeightsAsync(chain.Netuid(parsed), hotkey, ct);
            if (results.Count == 0 && !parsed.GetValue(CommandAction.Json)) shell.Line("Nothing is due.");
            else SetCommand.Show(shell, parsed, results);
            return results.All(one => one.Success) ? ExitCode.Done : ExitCode.Refused;
        });
    }
}
