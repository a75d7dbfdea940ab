using System.CommandLine;
using Niche.Bittensor.Wallets;
using Niche.Cli.Terminal;

namespace Niche.Cli.Wallets;

/// <summary>What create and import share: how a coldkey is protected, and the writing of keys.</summary>
internal sealed class KeyWriting(WalletArguments wallet)
{
    private readonly Option<string> _form = new("--form")
    {
        Description = "Form of the coldkey: nacl as btwallet writes it, two older forms, or none for a plain file.",
        DefaultValueFactory = _ => "nacl",
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replace keys that are there. They are lost then, unless you have their phrase." };

    public void AddTo(Command command)
    {
        _form.AcceptOnlyFromAmong("nacl", "ansible", "fernet", "none");
        wallet.AddTo(command);
        command.Add(_form);
        command.Add(_overwrite);
    }

    /// <summary>Refuses before anything is asked or made.</summary>
    /// <exception cref="WalletException">AlreadyExists.</exception>
    public void RequireFree(ParseResult parsed, params IEnumerable<Keyfile> files)
    {
        if (parsed.GetValue(_overwrite)) return;
        if (files.FirstOrDefault(file => file.Exists) is { } there)
            throw new WalletException(
                WalletFault.AlreadyExists, $"{there.Path} is there already; add --overwrite to replace it. The old key is lost then, unless you have its phrase.");
    }

    /// <summary>The password of a new coldkey; null for a plain one.</summary>
    public async Task<string?> NewPasswordAsync(ParseResult parsed, Shell shell, CancellationToken ct)
    {
        if (Form(parsed) == KeyfileEncryption.None) return null;
        return wallet.Password(parsed, shell)
            ?? await shell.NewPasswordAsync("New password of the coldkey", "name a variable with --password-env, or take --form none for a plain file", ct);
    }

    public void SaveColdkey(ParseResult parsed, Shell shell, Wallet target, WalletKey key, string? password) =>
        target.SaveColdkey(key, password, Form(parsed), parsed.GetValue(_overwrite), shell.Time);

    public void SaveHotkey(ParseResult parsed, Shell shell, Wallet target, WalletKey key) =>
        target.SaveHotkey(key, overwrite: parsed.GetValue(_overwrite), time: shell.Time);

    private KeyfileEncryption Form(ParseResult parsed) => Enum.Parse<KeyfileEncryption>(parsed.GetRequiredValue(_form), ignoreCase: true);
}
