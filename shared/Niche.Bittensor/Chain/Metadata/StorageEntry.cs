namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A storage item of a pallet: a value, or a map from one or more keys.</summary>
/// <param name="Pallet">Name of the pallet, for messages.</param>
/// <param name="Prefix">The pallet's storage prefix, the first part of every key.</param>
/// <param name="Name">Name of the item, the second part.</param>
/// <param name="Hashers">One for each key; empty for a plain value.</param>
/// <param name="Keys">Types of the keys, as many as hashers.</param>
/// <param name="Value">Type of the value.</param>
/// <param name="IsOptional">True when an absent value means none; false when it means <paramref name="Default"/>.</param>
/// <param name="Default">The encoded value of an absent entry.</param>
/// <param name="Docs">Lines of the source's comment.</param>
public sealed record StorageEntry(
    string Pallet,
    string Prefix,
    string Name,
    IReadOnlyList<StorageHasher> Hashers,
    IReadOnlyList<int> Keys,
    int Value,
    bool IsOptional,
    ReadOnlyMemory<byte> Default,
    IReadOnlyList<string> Docs);
