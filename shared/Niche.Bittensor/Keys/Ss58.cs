using NSec.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>SS58 addresses: Base58 of network prefix, 32-byte public key and two checksum bytes (BLAKE2b-512 over "SS58PRE").</summary>
public static class Ss58
{
    /// <summary>The generic Substrate prefix, the only one Bittensor writes.</summary>
    public const ushort BittensorPrefix = 42;

    private const ushort MaxPrefix = 16383;
    private const int MaxCharacters = 64;
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    /// <summary>The address of a 32-byte public key.</summary>
    public static string Encode(ReadOnlySpan<byte> publicKey, ushort prefix = BittensorPrefix)
    {
        if (publicKey.Length != Sr25519.PublicBytes) throw new ArgumentException("A public key has 32 bytes.", nameof(publicKey));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, MaxPrefix);
        Span<byte> data = stackalloc byte[36];
        var head = 1;
        if (prefix < 64)
        {
            data[0] = (byte)prefix;
        }
        else
        {
            data[0] = (byte)(((prefix & 0xFC) >> 2) | 0x40);
            data[1] = (byte)((prefix >> 8) | ((prefix & 3) << 6));
            head = 2;
        }

        publicKey.CopyTo(data[head..]);
        Checksum(data[..(head + 32)], data.Slice(head + 32, 2));
        return EncodeBase58(data[..(head + 34)]);
    }

    /// <summary>The public key of an address with any prefix.</summary>
    /// <exception cref="KeyFormatException">Not an SS58 address of a 32-byte key.</exception>
    public static byte[] Decode(string address)
    {
        var key = new byte[Sr25519.PublicBytes];
        return TryDecode(address, key, out _)
            ? key
            : throw new KeyFormatException("Not an SS58 address: expected 47 to 50 Base58 characters with a matching checksum.");
    }

    /// <summary>Reads public key (32 bytes) and prefix; false when alphabet, length, prefix form or checksum is wrong.</summary>
    public static bool TryDecode(string? address, Span<byte> publicKey, out ushort prefix)
    {
        prefix = 0;
        if (publicKey.Length < Sr25519.PublicBytes) throw new ArgumentException("The key needs 32 bytes.", nameof(publicKey));
        Span<byte> data = stackalloc byte[MaxCharacters];
        if (string.IsNullOrEmpty(address) || address.Length > MaxCharacters || !TryDecodeBase58(address, data, out var length)) return false;
        data = data[..length];
        if (length is not (35 or 36)) return false;

        var head = length - 34;
        if (head == 1 ? data[0] >= 64 : data[0] is < 64 or >= 128) return false;
        prefix = head == 1 ? data[0] : (ushort)(((data[0] & 0x3F) << 2) | (data[1] >> 6) | ((data[1] & 0x3F) << 8));
        if (head == 2 && prefix < 64) return false;

        Span<byte> checksum = stackalloc byte[2];
        Checksum(data[..^2], checksum);
        if (!checksum.SequenceEqual(data[^2..])) return false;
        data.Slice(head, 32).CopyTo(publicKey);
        return true;
    }

    /// <summary>True for the one spelling Bittensor uses: prefix 42. Other prefixes are other names of the same key, so lists by address must not accept them.</summary>
    public static bool IsBittensorAddress(string? address)
    {
        Span<byte> key = stackalloc byte[Sr25519.PublicBytes];
        return TryDecode(address, key, out var prefix) && prefix == BittensorPrefix;
    }

    private static void Checksum(ReadOnlySpan<byte> payload, Span<byte> checksum)
    {
        Span<byte> input = stackalloc byte[7 + 34];
        "SS58PRE"u8.CopyTo(input);
        payload.CopyTo(input[7..]);
        Span<byte> hash = stackalloc byte[64];
        HashAlgorithm.Blake2b_512.Hash(input[..(7 + payload.Length)], hash);
        hash[..2].CopyTo(checksum);
    }

    private static string EncodeBase58(ReadOnlySpan<byte> data)
    {
        Span<byte> digits = stackalloc byte[MaxCharacters];
        var count = 0;
        foreach (var b in data)
        {
            int carry = b;
            for (var i = 0; i < count || carry > 0; i++)
            {
                carry += i < count ? digits[i] << 8 : 0;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
                if (i >= count) count = i + 1;
            }
        }

        var zeros = data.IndexOfAnyExcept((byte)0);
        Span<char> text = stackalloc char[zeros + count];
        text[..zeros].Fill('1');
        for (var i = 0; i < count; i++) text[zeros + i] = Alphabet[digits[count - 1 - i]];
        return new string(text);
    }

    private static bool TryDecodeBase58(string text, Span<byte> data, out int length)
    {
        length = 0;
        var ones = 0;
        while (ones < text.Length && text[ones] == '1') ones++;
        foreach (var c in text.AsSpan(ones))
        {
            var carry = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (carry < 0) return false;
            for (var i = 0; i < length || carry > 0; i++)
            {
                carry += i < length ? data[i] * 58 : 0;
                data[i] = (byte)carry;
                carry >>= 8;
                if (i >= length) length = i + 1;
            }
        }

        if (length + ones > data.Length) return false;
        data.Slice(length, ones).Clear();
        length += ones;
        data[..length].Reverse();
        return true;
    }
}
