using System.Buffers.Binary;
using System.Text;
using Niche.Bittensor.Chain.Metadata;

namespace Niche.Bittensor.Chain.Storage;

/// <summary>The hashes that make up storage keys.</summary>
public static class StorageHash
{
    /// <summary>TwoX-128 of a name: pallet prefixes and item names.</summary>
    public static byte[] OfName(string name) => TwoX(Encoding.UTF8.GetBytes(name), 2);

    /// <summary>An encoded key as it stands in a storage key.</summary>
    public static byte[] Of(StorageHasher hasher, ReadOnlySpan<byte> key) => hasher switch
    {
        StorageHasher.Blake2128 => Blake2b.Hash128(key),
        StorageHasher.Blake2256 => Blake2b.Hash256(key),
        StorageHasher.Blake2128Concat => [.. Blake2b.Hash128(key), .. key],
        StorageHasher.Twox128 => TwoX(key, 2),
        StorageHasher.Twox256 => TwoX(key, 4),
        StorageHasher.Twox64Concat => [.. TwoX(key, 1), .. key],
        StorageHasher.Identity => key.ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(hasher), hasher, "Not a storage hasher."),
    };

    /// <summary>Bytes of hash that stand before the key, and whether the key itself follows.</summary>
    internal static (int HashBytes, bool KeyFollows) Form(StorageHasher hasher) => hasher switch
    {
        StorageHasher.Blake2128 or StorageHasher.Twox128 => (16, false),
        StorageHasher.Blake2256 or StorageHasher.Twox256 => (32, false),
        StorageHasher.Blake2128Concat => (16, true),
        StorageHasher.Twox64Concat => (8, true),
        _ => (0, true),
    };

    private static byte[] TwoX(ReadOnlySpan<byte> data, int words)
    {
        var hash = new byte[words * 8];
        for (var i = 0; i < words; i++) BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(i * 8), XxHash64.Hash(data, (ulong)i));
        return hash;
    }
}
