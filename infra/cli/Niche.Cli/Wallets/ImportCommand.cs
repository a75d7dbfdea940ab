using System.CommandLine;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet import</c>.</summary>
internal static class ImportCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        KeyWriting writing = new(wallet);
        Argument<string> which = new("which") { Description = "coldkey or hotkey." };
        which.AcceptOnlyFromAmong("coldkey", "hotkey");
        Option<string?> from = new("--from-env") { HelpName = "variable", Description = "Variable that holds the secret. Without it you are asked." };
        Command command = new("import", """
            Writes a key that you have: its phrase, 0x seed, 0x private key, secret URI, or the content of a key file.
            The secret is never taken from the command line, where others could see it.

            Examples:
              niche wallet import coldkey --wallet miner
              PHRASE=... niche wallet import hotkey --wallet miner --hotkey one --from-env PHRASE
            """) { which, from };
        command.Aliases.Add("regen");
        writing.AddTo(command);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var target = wallet.Wallet(parsed, shell);
            var cold = parsed.GetValue(which) == "coldkey";
            writing.RequireFree(parsed, cold ? [target.ColdkeyFile, target.ColdkeyPublicFile] : [target.HotkeyFile, target.HotkeyPublicFile]);
            using var key = parsed.GetValue(from) is { } variable
                ? WalletSecret.FromEnvironment(variable, shell.Environment)
                : WalletSecret.Parse(await shell.AskAsync("Phrase, seed, private key or secret URI", "name a variable with --from-env", ct));
            if (!key.HasSecret) throw new WalletException(WalletFault.NoSecret, "That is a public key only.");
            if (cold) writing.SaveColdkey(parsed, shell, target, key, await writing.NewPasswordAsync(parsed, shell, ct));
            else writing.SaveHotkey(parsed, shell, target, key);

            var file = cold ? target.ColdkeyFile : target.HotkeyFile;
            if (parsed.GetValue(CommandAction.Json))
                shell.Write(new { wallet = target.Name, which = parsed.GetValue(which), address = key.Address, file = file.Path });
            else
                shell.Pairs([("written", file.Path), ("address", key.Address)]);
            return ExitCode.Done;
        });
    }
}
