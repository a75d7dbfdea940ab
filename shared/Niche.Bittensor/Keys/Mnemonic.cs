using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Keys;

/// <summary>
/// BIP-39 English phrases as Substrate uses them: the entropy behind the words, not the words, is stretched into the mini secret.
/// </summary>
public static class Mnemonic
{
    private const int MaxCharacters = 1024;

    private static readonly string[] Words = ReadWords();
    private static readonly FrozenDictionary<string, int> Indexes =
        Words.Select((word, index) => KeyValuePair.Create(word, index)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A new phrase of 12, 15, 18, 21 or 24 words from the operating system's random generator.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Another number of words.</exception>
    public static string Generate(int words = 12)
    {
        if (words is not (12 or 15 or 18 or 21 or 24))
            throw new ArgumentOutOfRangeException(nameof(words), words, "A phrase has 12, 15, 18, 21 or 24 words.");
        var entropy = RandomNumberGenerator.GetBytes(words * 4 / 3);
        var phrase = FromEntropy(entropy);
        CryptographicOperations.ZeroMemory(entropy);
        return phrase;
    }

    /// <summary>The phrase of 16, 20, 24, 28 or 32 bytes of entropy: 11 bits a word, checksum = first length/4 bits of SHA-256.</summary>
    public static string FromEntropy(ReadOnlySpan<byte> entropy)
    {
        if (entropy.Length is < 16 or > 32 || entropy.Length % 4 != 0)
            throw new ArgumentException("Entropy has 16, 20, 24, 28 or 32 bytes.", nameof(entropy));
        byte[] bits = [.. entropy, SHA256.HashData(entropy)[0]];
        var chosen = new string[entropy.Length * 3 / 4];
        for (var i = 0; i < chosen.Length; i++)
        {
            var index = 0;
            for (var bit = i * 11; bit < (i + 1) * 11; bit++) index = (index << 1) | ((bits[bit >> 3] >> (7 - (bit & 7))) & 1);
            chosen[i] = Words[index];
        }

        CryptographicOperations.ZeroMemory(bits);
        return string.Join(' ', chosen);
    }

    /// <summary>The entropy behind a phrase.</summary>
    /// <exception cref="KeyFormatException">Wrong number of words, a word outside the list, or a wrong checksum.</exception>
    public static byte[] ToEntropy(string phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        if (phrase.Length > MaxCharacters) throw new KeyFormatException($"A phrase has at most {MaxCharacters} characters.");
        var words = phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is not (12 or 15 or 18 or 21 or 24))
            throw new KeyFormatException($"A phrase has 12, 15, 18, 21 or 24 words; this one has {words.Length}.");

        var bits = new byte[words.Length * 11 / 8 + 1];
        try
        {
            for (var i = 0; i < words.Length; i++)
            {
                if (!Indexes.TryGetValue(words[i], out var index))
                    throw new KeyFormatException($"Word {i + 1} of the phrase is not in the English BIP-39 list.");
                for (var b = 0; b < 11; b++)
                {
                    var bit = i * 11 + b;
                    bits[bit >> 3] |= (byte)(((index >> (10 - b)) & 1) << (7 - (bit & 7)));
                }
            }

            var entropy = bits.AsSpan(0, words.Length * 4 / 3);
            var checksumMask = (byte)(0xFF << (8 - words.Length / 3));
            if (((SHA256.HashData(entropy)[0] ^ bits[entropy.Length]) & checksumMask) != 0)
                throw new KeyFormatException("The checksum of the phrase does not match; a word is wrong or out of order.");
            return entropy.ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bits);
        }
    }

    /// <summary>The 32-byte mini secret: PBKDF2-HMAC-SHA512(entropy, "mnemonic" + password, 2048 rounds), first half.</summary>
    /// <exception cref="KeyFormatException">The phrase is not valid.</exception>
    public static byte[] ToMiniSecret(string phrase, string password = "")
    {
        var entropy = ToEntropy(phrase);
        var salt = Encoding.UTF8.GetBytes("mnemonic" + password);
        var secret = Rfc2898DeriveBytes.Pbkdf2(entropy, salt, 2048, HashAlgorithmName.SHA512, 32);
        CryptographicOperations.ZeroMemory(entropy);
        CryptographicOperations.ZeroMemory(salt);
        return secret;
    }

    private static string[] ReadWords()
    {
        using var stream = typeof(Mnemonic).Assembly.GetManifestResourceStream("bip39-english.txt")
            ?? throw new InvalidOperationException("The BIP-39 word list is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
