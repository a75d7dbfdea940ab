using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>The hash that a hashed commit (commit-reveal v2) puts on chain.</summary>
public static class WeightCommitHash
{
    /// <summary>BLAKE2b-256 of hotkey, storage index, uids, values, salt and version key in SCALE.</summary>
    /// <param name="publicKey">The hotkey, 32 bytes.</param>
    /// <param name="request">The vector with the version key that will be revealed.</param>
    /// <param name="salt">Secret until the reveal.</param>
    public static byte[] Compute(ReadOnlySpan<byte> publicKey, WeightRequest request, IReadOnlyList<ushort> salt) =>
        Blake2b.Hash256(Encode(publicKey, request, salt));

    internal static byte[] Encode(ReadOnlySpan<byte> publicKey, WeightRequest request, IReadOnlyList<ushort> salt)
    {
        if (publicKey.Length != 32) throw new ArgumentException("A public key has 32 bytes.", nameof(publicKey));
        ScaleWriter writer = new();
        writer.WriteFixed(publicKey).WriteU16(request.StorageIndex);
        foreach (var list in (IReadOnlyList<ushort>[])[request.Uids, request.Values, salt])
        {
            writer.WriteCompact((ulong)list.Count);
            foreach (var item in list) writer.WriteU16(item);
        }

        return writer.WriteU64(request.VersionKey).ToArray();
    }
}
