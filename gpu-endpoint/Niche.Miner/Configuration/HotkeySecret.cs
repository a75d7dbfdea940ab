using Niche.Bittensor.Keys;

namespace Niche.Miner.Configuration;

/// <summary>Finds the hotkey's secret where it neither shows in a process list nor in a log: environment or file.</summary>
public static class HotkeySecret
{
    /// <summary>Variable with the secret URI itself.</summary>
    public const string Variable = "NICHE_HOTKEY";

    private const int MaxCharacters = 1024;

    /// <summary>The key of <paramref name="file"/>, or else of the variable's value.</summary>
    /// <exception cref="KeyFormatException">There is none, or it can not be read; the message never repeats it.</exception>
    public static Keypair Load(string? value, FileInfo? file)
    {
        var secret = file is null ? value : Read(file);
        return string.IsNullOrWhiteSpace(secret)
            ? throw new KeyFormatException($"No hotkey: set {Variable} to a mnemonic or secret URI, or name a file with --hotkey-file.")
            : Keypair.FromUri(secret.Trim());
    }

    private static string Read(FileInfo file)
    {
        if (!file.Exists) throw new KeyFormatException("The hotkey file does not exist.");
        if (file.Length > MaxCharacters) throw new KeyFormatException($"A hotkey file holds one line of at most {MaxCharacters} characters.");
        return File.ReadAllText(file.FullName);
    }
}
