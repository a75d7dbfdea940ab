using System.CommandLine;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet sign</c>.</summary>
internal static class SignCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        Message message = new("Sign");
        Option<bool> coldkey = new("--coldkey") { Description = "Sign with the coldkey instead of the hotkey." };
        Option<bool> bare = new("--bare") { Description = "Sign bytes as they are." };
        Command command = new("sign", """
            Signs a message. Bytes (--hex, --file) are signed within <Bytes>, as browser wallets do, so that nobody gets an extrinsic
            signed by asking for a signature; --bare signs them as they are. Verifiers accept both.

            Examples:
              niche wallet sign "I own this hotkey" --wallet miner --hotkey one
              niche wallet sign --file report.pdf --coldkey
              HOTKEY=... niche wallet sign "hello" --secret-env HOTKEY --json
            """);
        message.AddTo(command);
        command.Add(coldkey);
        command.Add(bare);
        wallet.AddTo(command, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var bytes = message.Read(parsed);
            var wrapped = message.IsBinary(parsed) && !parsed.GetValue(bare);
            if (wrapped) bytes = [.. "<Bytes>"u8, .. bytes, .. "</Bytes>"u8];
            using var pair = parsed.GetValue(coldkey)
                ? await ColdkeyAsync(wallet, parsed, shell, ct)
                : await wallet.HotkeyAsync(parsed, shell, ct);
            var signature = "0x" + Convert.ToHexStringLower(pair.Sign(bytes));
            if (parsed.GetValue(CommandAction.Json)) shell.Write(new { address = pair.Address, signature, wrapped });
            else shell.Pairs([("address", pair.Address), ("signature", signature)]);
            return ExitCode.Done;
        });
    }

    private static async Task<Bittensor.Keys.Keypair> ColdkeyAsync(WalletArguments wallet, ParseResult parsed, Shell shell, CancellationToken ct)
    {
        using var key = await wallet.OpenAsync(wallet.Wallet(parsed, shell).ColdkeyFile, parsed, shell, ct);
        return key.ToKeypair();
    }
}
