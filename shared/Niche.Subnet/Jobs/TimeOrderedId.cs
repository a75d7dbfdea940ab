using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Subnet.Jobs;

/// <summary>
/// Identifiers of 26 characters, 0-9 and a-v: 48 bits of Unix milliseconds, then 80 random bits. Ordinal order is order in time, so that a
/// table can be read from oldest to newest, and an id cannot be guessed from another.
/// </summary>
public static class TimeOrderedId
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";
    private const int Length = 26;
    private const int TimeCharacters = 10;

    /// <summary>Makes an identifier for a moment.</summary>
    public static string Create(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        long milliseconds = now.ToUnixTimeMilliseconds();
        for (int i = 0; i < 6; i++) bytes[i] = (byte)(milliseconds >> (8 * (5 - i)));
        return Encode(bytes);
    }

    /// <summary>
    /// The identifier of a part of something: the same each time, with the whole's place in time, and of no use for guessing the whole's own.
    /// </summary>
    /// <param name="id">Identifier of the whole.</param>
    /// <param name="index">Which part, 0-based.</param>
    public static string Derive(string id, int index)
    {
        ArgumentNullException.ThrowIfNull(id);
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}/{index}")), digest);
        return string.Concat(id.AsSpan(0, TimeCharacters), Encode(digest[..16]).AsSpan(0, Length - TimeCharacters));
    }

    /// <summary>True when the text has the form of an identifier; says nothing about whether it exists.</summary>
    public static bool IsValid(string? text)
    {
        if (text is not { Length: Length }) return false;
        foreach (char c in text)
        {
            if (c is not ((>= '0' and <= '9') or (>= 'a' and <= 'v'))) return false;
        }

        return true;
    }

    private static string Encode(ReadOnlySpan<byte> bytes)
    {
        Span<char> text = stackalloc char[Length];
        int buffer = 0, bits = 0, at = 0;
        foreach (byte b in bytes)
        {
            buffer = (buffer << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5) text[at++] = Alphabet[(buffer >> (bits - 5)) & 31];
            buffer &= (1 << bits) - 1;
        }

        text[at] = Alphabet[(buffer << (5 - bits)) & 31];
        return new string(text);
    }
}
