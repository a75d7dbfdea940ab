using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Validator.Configuration;

/// <summary>The hotkey's secret as it was configured: text of the settings, or of the file that they name.</summary>
public sealed class HotkeyText
{
    private const int MaxFileBytes = 64 * 1024;
    private readonly string _password;
    private readonly string _source;

    /// <summary>Reads the file where the settings hold no secret themselves.</summary>
    /// <exception cref="WalletException">The file is not there, or larger than any key file.</exception>
    public HotkeyText(ValidatorOptions options)
    {
        bool isFile = string.IsNullOrWhiteSpace(options.HotkeySecret);
        (_password, _source) = (options.HotkeyPassword, isFile ? "Validator:HotkeyFile" : "Validator:HotkeySecret");
        Text = isFile ? Read(options.HotkeyFile) : options.HotkeySecret;
    }

    /// <summary>The secret; never logged.</summary>
    public string Text { get; }

    /// <summary>The key.</summary>
    /// <exception cref="WalletException">The text is no secret, or needs a password; the message does not repeat it.</exception>
    public Keypair ToKeypair()
    {
        using WalletKey key = WalletSecret.Parse(Text, _password, _source);
        return key.ToKeypair();
    }

    private static string Read(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists) throw new WalletException(WalletFault.NotFound, "The file that Validator:HotkeyFile names does not exist.");
        return file.Length <= MaxFileBytes
            ? File.ReadAllText(path)
            : throw new WalletException(WalletFault.TooLarge, "The file that Validator:HotkeyFile names is larger than any key file.");
    }
}
