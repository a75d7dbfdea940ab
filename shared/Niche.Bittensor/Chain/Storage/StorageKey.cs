using System.Globalization;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Storage;

/// <summary>Keys of storage entries, made and read as the metadata says.</summary>
public static class StorageKey
{
    /// <summary>
    /// The key of an entry; with fewer keys than the map has, the prefix that all those entries share (for paging with <c>state_getKeysPaged</c>).
    /// </summary>
    /// <exception cref="MetadataNameException">Pallet or item is unknown.</exception>
    /// <exception cref="ScaleFormatException">A key is not of the type that the item has.</exception>
    public static byte[] For(RuntimeMetadata metadata, string pallet, string item, params object?[] keys) =>
        For(metadata, metadata.GetStorage(pallet, item), keys);

    /// <summary>As the other overload, for an item at hand.</summary>
    /// <exception cref="ScaleFormatException">A key is not of the type that the item has.</exception>
    public static byte[] For(RuntimeMetadata metadata, StorageEntry entry, params object?[] keys)
    {
        var where = $"{entry.Pallet}.{entry.Name}";
        if (keys.Length > entry.Keys.Count) throw new ScaleFormatException(where, $"{keys.Length} keys", $"at most {entry.Keys.Count}");
        var writer = new ScaleWriter().WriteFixed(Prefix(entry));
        for (var i = 0; i < keys.Length; i++)
        {
            var key = ScaleValueEncoder.Encode(metadata.Types, entry.Keys[i], keys[i], $"{where}.key{(i + 1).ToString(CultureInfo.InvariantCulture)}");
            writer.WriteFixed(StorageHash.Of(entry.Hashers[i], key));
        }

        return writer.ToArray();
    }

    /// <summary>The 32 bytes that all keys of an item begin with.</summary>
    public static byte[] Prefix(StorageEntry entry) => [.. StorageHash.OfName(entry.Prefix), .. StorageHash.OfName(entry.Name)];

    /// <summary>The keys inside a whole storage key; null in the place of those that were only hashed.</summary>
    /// <exception cref="ScaleFormatException">It is no key of this item: another prefix, a hash that does not fit its key, or a wrong length.</exception>
    public static IReadOnlyList<ScaleValue?> ReadKeys(RuntimeMetadata metadata, StorageEntry entry, ReadOnlySpan<byte> storageKey)
    {
        var where = $"key of {entry.Pallet}.{entry.Name}";
        if (!storageKey.StartsWith(Prefix(entry))) throw new ScaleFormatException(where, "another prefix", "the item's own");
        var rest = storageKey[32..];
        var keys = new ScaleValue?[entry.Keys.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var (hashBytes, follows) = StorageHash.Form(entry.Hashers[i]);
            if (rest.Length < hashBytes) throw new ScaleFormatException(where, $"{rest.Length} bytes for key {i + 1}", $"at least {hashBytes}");
            var used = 0;
            if (follows)
            {
                var decoder = new ScaleValueDecoder(metadata.Types, rest[hashBytes..]);
                keys[i] = decoder.Read(entry.Keys[i]);
                used = decoder.Position;
                if (!rest[..(hashBytes + used)].SequenceEqual(StorageHash.Of(entry.Hashers[i], rest.Slice(hashBytes, used))))
                    throw new ScaleFormatException(where, $"a hash that is not that of key {i + 1}", "hash and key that agree");
            }

            rest = rest[(hashBytes + used)..];
        }

        return rest.Length == 0 ? keys : throw new ScaleFormatException(where, $"{rest.Length} bytes too many", "the end");
    }

    /// <summary>The value of an entry: what the node answered, or for null the default of an absent entry (null when the item is optional).</summary>
    /// <exception cref="ScaleFormatException">The bytes are no value of this item.</exception>
    public static ScaleValue? ReadValue(RuntimeMetadata metadata, StorageEntry entry, ReadOnlyMemory<byte>? bytes) =>
        bytes is null && entry.IsOptional ? null : ScaleValueDecoder.Decode(metadata.Types, entry.Value, (bytes ?? entry.Default).Span);
}
