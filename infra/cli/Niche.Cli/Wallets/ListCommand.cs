using System.CommandLine;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        Command command = new("list", """
            The wallets of this machine with their hotkeys.

            Examples:
              niche wallet list
              niche wallet list --wallet-path /srv/wallets --json
            """);
        wallet.AddTo(command, password: false);
        return command.Runs(shell, (parsed, _) =>
        {
            var options = wallet.Options(parsed, shell);
            var all = WalletSummary.List(options);
            if (parsed.GetValue(CommandAction.Json))
                shell.Write(all.Select(Document));
            else if (all.Count == 0)
                shell.Line($"There are no wallets in {options.Root()}. Make one: niche wallet create");
            else
                shell.Table(["WALLET", "KEY", "ADDRESS", ""], all.SelectMany(Rows));
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static object Document(WalletSummary one) => new
    {
        wallet = one.Name, one.Coldkey, one.HasColdkey, hotkeys = one.Hotkeys.Select(hot => new { name = hot.Key, address = hot.Value }),
    };

    private static IEnumerable<string[]> Rows(WalletSummary one)
    {
        yield return [one.Name, "coldkey", one.Coldkey ?? "–", one.HasColdkey ? "" : "public only"];
        foreach (var (name, address) in one.Hotkeys) yield return ["", "hotkey " + name, address ?? "–", address is null ? "can not be read" : ""];
    }
}
