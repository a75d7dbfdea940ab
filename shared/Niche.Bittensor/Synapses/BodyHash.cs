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
        var contract = SynapseContract.For(synapse);
        return contract.HashFieldCount == 0 ? OfNothing : OfHashes(contract.HashFieldCount, contract.HashFieldsOf(synapse).Select(Hash));
    }

    /// <summary>The body hash of field texts given in hashing order.</summary>
    public static string OfTexts(IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var all = texts.ToArray();
        return OfHashes(all.Length, all.Select(Hash));
    }

    private static string OfNothing { get; } = Hash("");

    private static string OfHashes(int count, IEnumerable<string> hashes)
    {
        using var text = new PooledBuffer((count + 1) * HexLength);
        foreach (var hash in hashes) text.Advance(Encoding.ASCII.GetBytes(hash, text.GetSpan(HexLength)));
        return Hash(text.Written.Span);
    }

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
