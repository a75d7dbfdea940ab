using System.CommandLine;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary>The options that say which key a command works with, and the reading of it.</summary>
internal sealed class WalletArguments
{
    private readonly Option<string?> _wallet = new("--wallet", "-w") { HelpName = "name", Description = "Name of the wallet. [BT_WALLET_NAME, else default]" };
    private readonly Option<string?> _hotkey = new("--hotkey", "-k") { HelpName = "name", Description = "Name of its hotkey. [BT_WALLET_HOTKEY, else default]" };
    private readonly Option<string?> _path = new("--wallet-path")
    {
        HelpName = "folder", Description = "Folder of all wallets. [BT_WALLET_PATH, else ~/.bittensor/wallets]",
    };

    private readonly Option<bool> _unsafe = new("--allow-unsafe-permissions") { Description = "Read key files that others can read too." };

    private readonly Option<string?> _password = new("--password-env")
    {
        HelpName = "variable", Description = "Variable that holds the password. Without it BT_PW_... is looked up, then you are asked.",
    };

    private readonly Option<string?> _secret = new("--secret-env")
    {
        HelpName = "variable", Description = "Variable that holds the key itself (phrase, seed, secret URI or key file), instead of a wallet.",
    };

    /// <summary>Adds the options that name a wallet.</summary>
    public WalletArguments AddTo(Command command, bool password = true, bool secret = false)
    {
        foreach (Option option in new Option[] { _wallet, _hotkey, _path, _unsafe }) command.Add(option);
        if (password) command.Add(_password);
        if (secret) command.Add(_secret);
        return this;
    }

    /// <summary>Where the wallet is.</summary>
    public WalletOptions Options(ParseResult parsed, Shell shell)
    {
        var standard = WalletOptions.FromEnvironment(shell.Environment);
        return standard with
        {
            Path = parsed.GetValue(_path) ?? standard.Path,
            Name = parsed.GetValue(_wallet) ?? standard.Name,
            Hotkey = parsed.GetValue(_hotkey) ?? standard.Hotkey,
            AllowUnsafePermissions = parsed.GetValue(_unsafe),
        };
    }

    /// <summary>The wallet.</summary>
    /// <exception cref="WalletException">InvalidName.</exception>
    public Wallet Wallet(ParseResult parsed, Shell shell) => new(Options(parsed, shell));

    /// <summary>The hotkey to sign with, from the variable or from the wallet.</summary>
    public async Task<Keypair> HotkeyAsync(ParseResult parsed, Shell shell, CancellationToken ct)
    {
        using var key = parsed.GetValue(_secret) is { } variable
            ? WalletSecret.FromEnvironment(variable, shell.Environment)
            : await OpenAsync(Wallet(parsed, shell).HotkeyFile, parsed, shell, ct);
        return key.ToKeypair();
    }

    /// <summary>The hotkey's public key, from the variable or from the wallet.</summary>
    public PublicKey HotkeyPublic(ParseResult parsed, Shell shell)
    {
        if (parsed.GetValue(_secret) is not { } variable) return Wallet(parsed, shell).HotkeyPublic();
        using var key = WalletSecret.FromEnvironment(variable, shell.Environment);
        return key.PublicKey;
    }

    /// <summary>Opens a key file; asks for its password when it needs one and none is known.</summary>
    public async Task<WalletKey> OpenAsync(Keyfile file, ParseResult parsed, Shell shell, CancellationToken ct)
    {
        if (Password(parsed, shell) is { } given) return file.Read(given);
        try
        {
            return file.Read();
        }
        catch (WalletException e) when (e.Fault == WalletFault.PasswordNeeded && shell.CanAsk)
        {
            return file.Read(await shell.AskAsync($"Password of {file.Path}", "", ct));
        }
    }

    /// <summary>The password of --password-env; null when the option is not given.</summary>
    /// <exception cref="CommandException">The variable is not set.</exception>
    public string? Password(ParseResult parsed, Shell shell) => parsed.GetValue(_password) is not { } variable ? null
        : shell.Environment(variable) is { Length: > 0 } password ? password
        : throw new CommandException(ExitCode.Wallet, "password_needed", $"The variable {variable} is not set.");
}
