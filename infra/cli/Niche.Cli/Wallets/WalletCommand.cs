using System.CommandLine;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary><c>niche wallet</c>.</summary>
internal static class WalletCommand
{
    public static Command Create(Shell shell) => new("wallet", "Keys in the files of btwallet (~/.bittensor/wallets): make, read, sign, verify.")
    {
        CreateCommand.Create(shell),
        ImportCommand.Create(shell),
        ListCommand.Create(shell),
        ShowCommand.Create(shell),
        SignCommand.Create(shell),
        VerifyCommand.Create(shell),
    };
}
