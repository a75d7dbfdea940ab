using System.Buffers;
using System.Globalization;
using System.Text;
using NSec.Cryptography;

namespace Niche.Bots.Discord.Interactions;

/// <summary>
/// Checks that Discord sent a request: Ed25519 over the timestamp header and the raw body. Discord sends wrong signatures on purpose and drops addresses that
/// accept them.
/// </summary>
public sealed class InteractionVerifier
{
    /// <summary>Header with the signature, 128 hexadecimal digits.</summary>
    public const string SignatureHeader = "X-Signature-Ed25519";

    /// <summary>Header with the Unix time in seconds.</summary>
    public const string TimestampHeader = "X-Signature-Timestamp";

    /// <summary>How far a timestamp may be from our clock. An interaction is void after 3 s; the rest is for clocks that go wrong.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(60);

    private const int MaxTimestampDigits = 16;

    private readonly PublicKey _key;
    private readonly TimeProvider _time;

    /// <summary>Reads the application's public key.</summary>
    /// <param name="publicKey">64 hexadecimal digits, from the developer portal.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The key is none.</exception>
    public InteractionVerifier(string publicKey, TimeProvider time)
    {
        byte[] bytes = new byte[32];
        if (publicKey is not { Length: 64 } || Convert.FromHexString(publicKey, bytes, out _, out _) != OperationStatus.Done
            || !PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out PublicKey? key))
        {
            throw new ArgumentException("The public key of the Discord application has 64 hexadecimal digits; the developer portal shows it.", nameof(publicKey));
        }

        (_key, _time) = (key!, time);
    }

    /// <summary>Judges a request.</summary>
    /// <param name="signature">The header <see cref="SignatureHeader"/>.</param>
    /// <param name="timestamp">The header <see cref="TimestampHeader"/>.</param>
    /// <param name="body">The raw body.</param>
    public SignatureVerdict Verify(string? signature, string? timestamp, ReadOnlySpan<byte> body)
    {
        Span<byte> signed = stackalloc byte[64];
        if (signature is not { Length: 128 } || Convert.FromHexString(signature, signed, out _, out _) != OperationStatus.Done
            || timestamp is not { Length: > 0 and <= MaxTimestampDigits }
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds))
        {
            return SignatureVerdict.Malformed;
        }

        if (Math.Abs(_time.GetUtcNow().ToUnixTimeSeconds() - (double)seconds) > Freshness.TotalSeconds) return SignatureVerdict.Stale;
        byte[] message = ArrayPool<byte>.Shared.Rent(timestamp.Length + body.Length);
        try
        {
            int head = Encoding.ASCII.GetBytes(timestamp, message);
            body.CopyTo(message.AsSpan(head));
            return SignatureAlgorithm.Ed25519.Verify(_key, message.AsSpan(0, head + body.Length), signed)
                ? SignatureVerdict.Genuine
                : SignatureVerdict.Forged;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }
}
