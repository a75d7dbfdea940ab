using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// The plain form of a key file: one JSON object of strings. Read in btwallet's order (phrase, seed, private key, address), and stricter:
/// whatever else the file says of the key must agree with it.
/// </summary>
internal static class KeyfileJson
{
    private const int MaxDepth = 4, MaxPhrase = 1024;

    /// <summary>The key with all that the file knows of it.</summary>
    /// <exception cref="WalletException">Malformed or Mismatch.</exception>
    public static WalletKey Read(ReadOnlySpan<byte> utf8, string source)
    {
        using var fields = Parse(utf8, source);
        WalletKey? key = null;
        try
        {
            key = fields.Phrase is not null ? WalletKey.FromPhrase(fields.Phrase)
                : fields.Seed is not null ? WalletKey.FromSeed(fields.Seed)
                : fields.PrivateKey is not null ? FromPrivateKey(fields.PrivateKey)
                : WalletKey.FromPublic(fields.Public() ?? throw Malformed(source, "it names neither a secret nor an address"));
            fields.RequireSame(key.PublicKey, source);
            if (fields.Seed is not null && fields.Phrase is not null) RequireSame(WalletKey.FromSeed(fields.Seed), key, source);
            if (fields.PrivateKey is not null) RequireSame(FromPrivateKey(fields.PrivateKey), key, source);
            return key;
        }
        catch (KeyFormatException e)
        {
            key?.Dispose();
            throw Malformed(source, e.Message);
        }
        catch (WalletException)
        {
            key?.Dispose();
            throw;
        }
    }

    /// <summary>The public key that the file names, without touching its secrets.</summary>
    /// <exception cref="WalletException">Malformed or Mismatch.</exception>
    public static PublicKey ReadPublic(ReadOnlySpan<byte> utf8, string source)
    {
        using var fields = Parse(utf8, source);
        var key = fields.Public() ?? throw Malformed(source, "it names no public key");
        fields.RequireSame(key, source);
        return key;
    }

    /// <summary>The file of a key, UTF-8. Zero it after use.</summary>
    public static byte[] Write(WalletKey key, bool withSecret)
    {
        // Large enough that it never grows: growing would leave a copy of the secret behind.
        var buffer = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteHex(json, "accountId", key.PublicKey.Bytes);
            WriteHex(json, "publicKey", key.PublicKey.Bytes);
            if (withSecret)
            {
                WriteHex(json, "privateKey", key.PrivateKey);
                if (key.Phrase is not null) json.WriteString("secretPhrase", key.Phrase);
                if (!key.Seed.IsEmpty) WriteHex(json, "secretSeed", key.Seed);
            }

            json.WriteString("ss58Address", key.Address);
            json.WriteEndObject();
        }

        var file = buffer.WrittenSpan.ToArray();
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsMemory(buffer.WrittenMemory).Span);
        return file;
    }

    private static void WriteHex(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        Span<char> hex = stackalloc char[2 + 128];
        "0x".CopyTo(hex);
        Convert.TryToHexStringLower(bytes, hex[2..], out var written);
        json.WriteString(name, hex[..(2 + written)]);
        hex.Clear();
    }

    private static KeyfileFields Parse(ReadOnlySpan<byte> utf8, string source)
    {
        var fields = new KeyfileFields();
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw Malformed(source, "it is no JSON object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName) ReadField(ref reader, fields, source);
            if (reader.TokenType != JsonTokenType.EndObject || reader.Read()) throw Malformed(source, "something follows the JSON object");
            return fields;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader's message quotes the content, so it goes no further.
            fields.Dispose();
            throw Malformed(source, "it is no JSON");
        }
        catch (WalletException)
        {
            fields.Dispose();
            throw;
        }
    }

    private static void ReadField(ref Utf8JsonReader reader, KeyfileFields fields, string source)
    {
        var name = reader.ValueTextEquals("accountId"u8) ? "accountId"
            : reader.ValueTextEquals("publicKey"u8) ? "publicKey"
            : reader.ValueTextEquals("privateKey"u8) ? "privateKey"
            : reader.ValueTextEquals("secretPhrase"u8) ? "secretPhrase"
            : reader.ValueTextEquals("secretSeed"u8) ? "secretSeed"
            : reader.ValueTextEquals("ss58Address"u8) ? "ss58Address" : null;
        reader.Read();
        if (name is null)
        {
            reader.Skip();
            return;
        }

        if (reader.TokenType == JsonTokenType.Null) return;
        if (reader.TokenType != JsonTokenType.String) throw Malformed(source, $"{name} is no string");
        if (reader.ValueSpan.Length > MaxPhrase) throw Malformed(source, $"{name} is too long");
        if (reader.ValueSpan.IsEmpty) return;
        if (!fields.TrySet(name, ref reader)) throw Malformed(source, $"{name} is not of its form, or there twice");
    }

    private static WalletKey FromPrivateKey(ReadOnlySpan<byte> privateKey)
    {
        using var pair = Keypair.FromPrivateKey(privateKey);
        return WalletKey.FromKeypair(pair);
    }

    private static void RequireSame(WalletKey other, WalletKey key, string source)
    {
        using (other)
            if (!other.PublicKey.Equals(key.PublicKey))
                throw new WalletException(WalletFault.Mismatch, $"{source} has secrets of two keys, {key.Address} and {other.Address}. Restore it from the phrase.");
    }

    private static WalletException Malformed(string source, string why) =>
        new(WalletFault.Malformed, $"{source} can not be read as a key file: {why}.");
}
