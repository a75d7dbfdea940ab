using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// The <c>computed_body_hash</c>: SHA3-256 over the hex hashes of the required hash fields' Python texts, lower-case hex.
/// Source: Bittensor SDK 10.2.0, <c>Synapse.body_hash</c>.
/// </summary>
public static class BodyHash
{
    private const int HexLength = 2 * SHA3_256.HashSizeInBytes;

    /// <summary>The body hash of a synapse.</summary>
    public static string Compute<T>(T synapse)
        where T : Synapse
    {
        ArgumentNullException.ThrowIfNull(synapse);
        var fields = SynapseContract.For(synapse).HashFields;
        if (fields.Count == 0) return OfNothing;
        using var hashes = new PooledBuffer(fields.Count * HexLength);
        for (var i = 0; i < fields.Count; i++) Add(hashes, Hash(fields[i](synapse)));
        return Hash(hashes.Written.Span);
    }

    /// <summary>The body hash of field texts given in hashing order.</summary>
    public static string OfTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        using var hashes = new PooledBuffer(4 * HexLength);
        foreach (var text in texts) Add(hashes, Hash(text));
        return Hash(hashes.Written.Span);
    }

    private static string OfNothing { get; } = Hash("");

    private static void Add(PooledBuffer hashes, string hash) => hashes.Advance(Encoding.ASCII.GetBytes(hash, hashes.GetSpan(HexLength)));

    private static string Hash(object? value) => value is LargeText large ? Hash(large.Utf8) : Hash(PythonText.Of(value));

    private static string Hash(string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            return Hash(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static string Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> hash = stackalloc byte[SHA3_256.HashSizeInBytes];
        SHA3_256.HashData(text, hash);
        return Convert.ToHexStringLower(hash);
    }
}
