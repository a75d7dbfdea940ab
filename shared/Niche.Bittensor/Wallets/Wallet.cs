using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// A wallet of btwallet: <c>coldkey</c> (usually encrypted), <c>coldkeypub.txt</c>, <c>hotkeys/NAME</c> (plain) and <c>hotkeys/NAMEpub.txt</c> in the folder
/// {path}/{name}. A miner or validator needs hotkey and coldkeypub only; leave the coldkey at home.
/// </summary>
public sealed class Wallet
{
    private readonly WalletOptions _options;

    /// <summary>Names the files; touches none.</summary>
    /// <exception cref="WalletException">InvalidName.</exception>
    public Wallet(WalletOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        Name = WalletName.Check(options.Name, "wallet");
        HotkeyName = WalletName.Check(options.Hotkey, "hotkey");
        Folder = Path.Combine(options.Root(), Name);
    }

    /// <summary>The wallet's name.</summary>
    public string Name { get; }

    /// <summary>The hotkey's name.</summary>
    public string HotkeyName { get; }

    /// <summary>The wallet's folder.</summary>
    public string Folder { get; }

    /// <summary>The coldkey, which owns the stake.</summary>
    public Keyfile ColdkeyFile => new(Path.Combine(Folder, "coldkey"), _options);

    /// <summary>Its public half.</summary>
    public Keyfile ColdkeyPublicFile => new(Path.Combine(Folder, "coldkey" + WalletName.PublicSuffix), _options);

    /// <summary>The hotkey, which signs for a miner or validator.</summary>
    public Keyfile HotkeyFile => new(Path.Combine(Folder, "hotkeys", HotkeyName), _options);

    /// <summary>Its public half; older wallets have none.</summary>
    public Keyfile HotkeyPublicFile => new(Path.Combine(Folder, "hotkeys", HotkeyName + WalletName.PublicSuffix), _options);

    /// <summary>The coldkey's public key, from coldkeypub.txt, else from a plain coldkey.</summary>
    /// <exception cref="WalletException">Neither is there, or it can not be read.</exception>
    public PublicKey ColdkeyPublic() => (ColdkeyPublicFile.Exists || !ColdkeyFile.Exists ? ColdkeyPublicFile : ColdkeyFile).ReadPublic();

    /// <summary>The hotkey's public key, from its public file, else from the hotkey itself.</summary>
    /// <exception cref="WalletException">Neither is there, or it can not be read.</exception>
    public PublicKey HotkeyPublic() => (HotkeyPublicFile.Exists ? HotkeyPublicFile : HotkeyFile).ReadPublic();

    /// <summary>The hotkey to sign with.</summary>
    /// <exception cref="WalletException">It is not there or can not be opened.</exception>
    public Keypair Hotkey(string? password = null)
    {
        using var key = HotkeyFile.Read(password);
        return key.ToKeypair();
    }

    /// <summary>The coldkey to sign with; opening it takes seconds.</summary>
    /// <exception cref="WalletException">It is not there or can not be opened.</exception>
    public Keypair Coldkey(string? password = null)
    {
        using var key = ColdkeyFile.Read(password);
        return key.ToKeypair();
    }

    /// <summary>Writes coldkey and coldkeypub.txt.</summary>
    /// <exception cref="WalletException">AlreadyExists, PasswordNeeded, OutOfMemory, Unreachable.</exception>
    public void SaveColdkey(
        WalletKey key, string? password, KeyfileEncryption encryption = KeyfileEncryption.Nacl, bool overwrite = false, TimeProvider? time = null)
    {
        SecretFile.RequireFree(ColdkeyPublicFile.Path, overwrite);
        ColdkeyFile.Write(key, encryption, password, overwrite, time);
        ColdkeyPublicFile.WritePublic(key, overwrite);
    }

    /// <summary>Writes the hotkey and its public half, plain unless told otherwise: a server has to read it by itself.</summary>
    /// <exception cref="WalletException">AlreadyExists, PasswordNeeded, OutOfMemory, Unreachable.</exception>
    public void SaveHotkey(
        WalletKey key, string? password = null, KeyfileEncryption encryption = KeyfileEncryption.None, bool overwrite = false, TimeProvider? time = null)
    {
        SecretFile.RequireFree(HotkeyPublicFile.Path, overwrite);
        HotkeyFile.Write(key, encryption, password, overwrite, time);
        HotkeyPublicFile.WritePublic(key, overwrite);
    }
}
