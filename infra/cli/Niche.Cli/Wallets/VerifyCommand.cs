using System.CommandLine;
using Niche.Bittensor.Keys;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet verify</c>.</summary>
internal static class VerifyCommand
{
    public static Command Create(Shell shell)
    {
        Message message = new("Verify");
        Argument<string> address = new("address") { Description = "SS58 address of the signer, any prefix." };
        Argument<string> signature = new("signature") { Description = "64 bytes in hexadecimal." };
        Command command = new("verify", """
            Checks a signature over a message, or over the message within <Bytes>. Exit code 0 when it is good, 1 when it is not.

            Examples:
              niche wallet verify 5Grw...utQY 0x2a... "I own this hotkey"
              niche wallet verify 5Grw...utQY 0x2a... --file report.pdf
            """) { address, signature };
        message.AddTo(command);
        return command.Runs(shell, (parsed, _) =>
        {
            var key = PublicKey.FromAddress(parsed.GetRequiredValue(address));
            var valid = key.Verify(message.Read(parsed), Message.Hex(parsed.GetRequiredValue(signature), "signature"));
            if (parsed.GetValue(CommandAction.Json)) shell.Write(new { valid, address = key.Address });
            else shell.Line(valid ? $"Good: {key.Address} signed this message." : $"Not valid: {key.Address} did not sign this message.");
            return Task.FromResult(valid ? ExitCode.Done : ExitCode.Refused);
        });
    }
}
