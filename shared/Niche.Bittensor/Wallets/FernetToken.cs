using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Niche.Bittensor.Wallets;

/// <summary>
/// The Fernet form (github.com/fernet/spec): base64url of version 0x80, time (u64, seconds, big-endian), IV, AES-128-CBC, HMAC-SHA256 over all before it.
/// btwallet stretches the password by PBKDF2-SHA256 with a salt that is the same for everybody.
/// </summary>
internal static class FernetToken
{
    public const int KeyBytes = 32;

    private const int Rounds = 10_000_000, HeadBytes = 1 + 8 + 16, MacBytes = 32, BlockBytes = 16;
    private const byte Version = 0x80;

    public static ReadOnlySpan<byte> Prefix => "gAAAA"u8;

    private static ReadOnlySpan<byte> Salt => "Iguesscyborgslikemyselfhaveatendencytobeparanoidaboutourorigins"u8;

    public static void DeriveKey(ReadOnlySpan<byte> password, Span<byte> key) =>
        Rfc2898DeriveBytes.Pbkdf2(password, Salt, key, Rounds, HashAlgorithmName.SHA256);

    /// <summary>The content; null when the password's key does not open it.</summary>
    /// <exception cref="WalletException">Malformed.</exception>
    public static byte[]? Open(ReadOnlySpan<byte> file, ReadOnlySpan<byte> key)
    {
        var token = Decode(file);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key[..16], token.AsSpan(..^MacBytes)), token.AsSpan(^MacBytes..))) return null;
        using var aes = Aes.Create();
        aes.SetKey(key[16..]);
        try
        {
            return aes.DecryptCbc(token.AsSpan(HeadBytes..^MacBytes), token.AsSpan(9, 16));
        }
        catch (CryptographicException)
        {
            throw Malformed("its padding is wrong");
        }
    }

    /// <summary>Cheap checks, before seconds are spent on the password.</summary>
    /// <exception cref="WalletException">Malformed.</exception>
    public static void RequireForm(ReadOnlySpan<byte> file) => Decode(file);

    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> key, DateTimeOffset now)
    {
        using var aes = Aes.Create();
        aes.SetKey(key[16..]);
        Span<byte> head = stackalloc byte[HeadBytes];
        head[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(head[1..], now.ToUnixTimeSeconds());
        RandomNumberGenerator.Fill(head[9..]);
        byte[] signed = [.. head, .. aes.EncryptCbc(content, head[9..])];
        byte[] token = [.. signed, .. HMACSHA256.HashData(key[..16], signed)];

        // Python's reader insists on the padding that the .NET writer leaves out.
        var file = new byte[(token.Length + 2) / 3 * 4];
        Base64Url.EncodeToUtf8(token, file, out _, out var written);
        file.AsSpan(written).Fill((byte)'=');
        return file;
    }

    private static byte[] Decode(ReadOnlySpan<byte> file)
    {
        file = file.Trim(" \t\r\n"u8);
        var token = new byte[Base64Url.GetMaxDecodedLength(file.Length)];
        if (Base64Url.DecodeFromUtf8(file, token, out _, out var length) != OperationStatus.Done) throw Malformed("it is no base64");
        var cipher = length - HeadBytes - MacBytes;
        return cipher >= BlockBytes && cipher % BlockBytes == 0 && token[0] == Version
            ? token[..length]
            : throw Malformed("it is cut short or of another version");
    }

    private static WalletException Malformed(string why) => new(WalletFault.Malformed, $"A Fernet key file can not be read: {why}.");
}
