using Niche.Bittensor.Keys;
using Niche.Bittensor.Wallets;

namespace Niche.Miner.Configuration;

/// <summary>Finds the hotkey's secret where it neither shows in a process list nor in a log: environment or file.</summary>
public static class HotkeySecret
{
    /// <summary>Variable with the secret URI itself.</summary>
    public const string Variable = "NICHE_HOTKEY";

    /// <summary>Variable with the password of an encrypted key file.</summary>
    public const string PasswordVariable = "NICHE_HOTKEY_PASSWORD";

    private const int MaxCharacters = 64 * 1024;

    /// <summary>The key of <paramref name="file"/>, or else of the variable's value: a mnemonic, a secret URI, or a key file of btwallet.</summary>
    /// <exception cref="KeyFormatException">There is none, or it can not be read; the message never repeats it.</exception>
    public static Keypair Load(string? value, FileInfo? file, string? password = null)
    {
        var secret = file is null ? value : Read(file);
        if (string.IsNullOrWhiteSpace(secret))
            throw new KeyFormatException($"No hotkey: set {Variable} to a mnemonic or secret URI, or name a file with --hotkey-file.");
        try
        {
            using var key = WalletSecret.Parse(secret, password, file is null ? Variable : "The hotkey file");
            return key.ToKeypair();
        }
        catch (WalletException fault)
        {
            throw new KeyFormatException(fault.Fault == WalletFault.PasswordNeeded ? $"{fault.Message} Set {PasswordVariable}." : fault.Message, fault);
        }
    }

    private static string Read(FileInfo file)
    {
        if (!file.Exists) throw new KeyFormatException("The hotkey file does not exist.");
        if (file.Length > MaxCharacters) throw new KeyFormatException($"A hotkey file holds at most {MaxCharacters} characters.");
        return File.ReadAllText(file.FullName);
    }
}
