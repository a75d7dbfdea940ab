using System.CommandLine;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet show</c>.</summary>
internal static class ShowCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        Command command = new("show", """
            Addresses and files of one wallet. Shows no secret and asks for no password.

            Examples:
              niche wallet show --wallet miner --hotkey one
              niche wallet show --json
            """);
        wallet.AddTo(command, password: false);
        return command.Runs(shell, (parsed, _) =>
        {
            var target = wallet.Wallet(parsed, shell);
            if (!Directory.Exists(target.Folder))
                throw new WalletException(WalletFault.NotFound, $"There is no {target.Folder}. Make it: niche wallet create --wallet {target.Name}");
            View[] keys =
            [
                View.Of("coldkey", target.ColdkeyFile, () => target.ColdkeyPublic().Address),
                View.Of("hotkey " + target.HotkeyName, target.HotkeyFile, () => target.HotkeyPublic().Address),
            ];
            if (parsed.GetValue(CommandAction.Json))
                shell.Write(new { wallet = target.Name, folder = target.Folder, coldkey = keys[0], hotkey_name = target.HotkeyName, hotkey = keys[1] });
            else
                shell.Pairs([("wallet", target.Name), ("folder", target.Folder), .. keys.SelectMany(Lines)]);
            return Task.FromResult(ExitCode.Done);
        });
    }

    private static IEnumerable<(string, string?)> Lines(View key) => [(key.Key, key.Address ?? "–"), ("", $"{key.File} ({key.State})")];

    private sealed record View(string Key, string? Address, string File, string State)
    {
        public static View Of(string key, Keyfile file, Func<string> address) => new(key, Try(address), file.Path, StateOf(file));

        private static string StateOf(Keyfile file)
        {
            if (!file.Exists) return "not here";
            try
            {
                return file.Encryption() is var form and not KeyfileEncryption.None ? "encrypted, " + form.ToString().ToLowerInvariant() : "plain";
            }
            catch (WalletException e)
            {
                return e.Message;
            }
        }

        private static string? Try(Func<string> read)
        {
            try
            {
                return read();
            }
            catch (WalletException)
            {
                return null;
            }
        }
    }
}
