using System.CommandLine;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;
using Spectre.Console;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet create</c>.</summary>
internal static class CreateCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        KeyWriting writing = new(wallet);
        Option<string> only = new("--only") { Description = "Make the coldkey or the hotkey alone." };
        only.AcceptOnlyFromAmong("coldkey", "hotkey");
        Option<int> words = new("--words") { Description = "Words of each phrase: 12, 15, 18, 21 or 24.", DefaultValueFactory = _ => 12 };
        words.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not (12 or 15 or 18 or 21 or 24)) result.AddError("--words takes 12, 15, 18, 21 or 24.");
        });
        Command command = new("create", """
            Makes a coldkey (encrypted) and a hotkey (plain), and shows their phrases once.

            Examples:
              niche wallet create --wallet miner --hotkey one
              niche wallet create --wallet miner --hotkey two --only hotkey
              COLD=... niche wallet create --password-env COLD --json
            """) { only, words };
        writing.AddTo(command);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var target = wallet.Wallet(parsed, shell);
            var which = parsed.GetValue(only);
            if (which != "hotkey") writing.RequireFree(parsed, target.ColdkeyFile, target.ColdkeyPublicFile);
            if (which != "coldkey") writing.RequireFree(parsed, target.HotkeyFile, target.HotkeyPublicFile);
            var password = which == "hotkey" ? null : await writing.NewPasswordAsync(parsed, shell, ct);
            using var cold = which == "hotkey" ? null : WalletKey.Create(parsed.GetValue(words));
            using var hot = which == "coldkey" ? null : WalletKey.Create(parsed.GetValue(words));
            if (cold is not null) writing.SaveColdkey(parsed, shell, target, cold, password);
            if (hot is not null) writing.SaveHotkey(parsed, shell, target, hot);
            if (parsed.GetValue(CommandAction.Json))
                shell.Write(new { wallet = target.Name, folder = target.Folder, coldkey = Result(cold), hotkey_name = target.HotkeyName, hotkey = Result(hot) });
            else
                Show(shell, target, cold, hot);
            return ExitCode.Done;
        });
    }

    private static object? Result(WalletKey? key) => key is null ? null : new { address = key.Address, phrase = key.Phrase };

    private static void Show(Shell shell, Wallet target, WalletKey? cold, WalletKey? hot)
    {
        shell.Pairs(
        [
            ("wallet", target.Name),
            ("folder", target.Folder),
            ("coldkey", cold?.Address),
            ("hotkey", hot is null ? null : $"{hot.Address} ({target.HotkeyName})"),
        ]);
        shell.Line("");
        shell.Warn("Write these words down on paper, now. They are shown this once, they are the key, and whoever has them has your TAO.");
        shell.Line("");
        Phrase(shell, "coldkey phrase", cold);
        Phrase(shell, "hotkey phrase", hot);
    }

    // Numbered, a few to a line: so that copying by hand misses nothing at any width.
    private static void Phrase(Shell shell, string name, WalletKey? key)
    {
        if (key?.Phrase is not { } phrase) return;
        shell.Output.Write(new Text(name + "\n", new Style(decoration: Decoration.Bold)));
        foreach (var row in phrase.Split(' ').Index().Chunk(4))
            shell.Line("  " + string.Concat(row.Select(word => $"{word.Index + 1,2} {word.Item,-10}")).TrimEnd());
        shell.Line("");
    }
}
