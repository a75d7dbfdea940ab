using System.Collections.Immutable;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>The storage of one block, under the real keys and in the real types. A copy is one field.</summary>
public sealed class NodeState(RuntimeMetadata metadata, ImmutableSortedDictionary<string, byte[]> entries)
{
    public const string Subtensor = "SubtensorModule";

    public NodeState(RuntimeMetadata metadata)
        : this(metadata, ImmutableSortedDictionary.Create<string, byte[]>(StringComparer.Ordinal))
    {
    }

    public RuntimeMetadata Metadata => metadata;

    /// <summary>Encoded values by storage key, both whole; keys in lower-case hex without 0x.</summary>
    public ImmutableSortedDictionary<string, byte[]> Entries { get; set; } = entries;

    public NodeState Copy() => new(metadata, Entries);

    public bool Has(string item) => metadata.FindStorage(Subtensor, item) is not null;

    public ScaleValue? Get(string pallet, string item, params object?[] keys)
    {
        var entry = metadata.GetStorage(pallet, item);
        return StorageKey.ReadValue(metadata, entry, Entries.TryGetValue(Key(entry, keys), out var bytes) ? bytes : (ReadOnlyMemory<byte>?)null);
    }

    public void Set(string pallet, string item, object? value, params object?[] keys)
    {
        var entry = metadata.GetStorage(pallet, item);
        Entries = Entries.SetItem(Key(entry, keys), ScaleValueEncoder.Encode(metadata.Types, entry.Value, value, $"{pallet}.{item}"));
    }

    public void Remove(string pallet, string item, params object?[] keys) => Entries = Entries.Remove(Key(metadata.GetStorage(pallet, item), keys));

    /// <summary>A number of the SubtensorModule.</summary>
    public ulong Number(string item, params object?[] keys) => (ulong)Get(Subtensor, item, keys)!.AsInteger();

    /// <summary>A bool of the SubtensorModule.</summary>
    public bool Flag(string item, params object?[] keys) => Get(Subtensor, item, keys)!.AsBoolean();

    public void Set(string item, object? value, params object?[] keys) => Set(Subtensor, item, value, keys);

    /// <summary>A list of numbers of the SubtensorModule, such as LastUpdate.</summary>
    public List<ulong> Numbers(string item, params object?[] keys) => [.. Get(Subtensor, item, keys)!.Children().Select(one => (ulong)one.AsInteger())];

    /// <summary>A list of bools of the SubtensorModule, such as ValidatorPermit.</summary>
    public List<bool> Flags(string item, params object?[] keys) => [.. Get(Subtensor, item, keys)!.Children().Select(one => one.AsBoolean())];

    /// <summary>All subnets but the root.</summary>
    public IReadOnlyList<ushort> Subnets()
    {
        var prefix = Key(metadata.GetStorage(Subtensor, "NetworksAdded"), []);
        return [.. Entries.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(Convert.FromHexString(key[^4..])))
            .Where(netuid => netuid > 0 && Flag("NetworksAdded", netuid))];
    }

    public ushort? Uid(ushort netuid, byte[] hotkey) => Get(Subtensor, "Uids", netuid, hotkey) is { } uid ? (ushort)uid.AsInteger() : null;

    public byte[] Hotkey(ushort netuid, int uid) => Get(Subtensor, "Keys", netuid, uid)!.AsBytes().ToArray();

    public ulong Free(byte[] account) => (ulong)Get("System", "Account", account)!["data"]["free"].AsInteger();

    public uint Nonce(byte[] account) => (uint)Get("System", "Account", account)!["nonce"].AsInteger();

    public void SetAccount(byte[] account, ulong free, uint nonce) => Set("System", "Account", new Dictionary<string, object?>
    {
        ["nonce"] = nonce,
        ["consumers"] = 0,
        ["providers"] = free > 0 ? 1 : 0,
        ["sufficients"] = 0,
        ["data"] = new Dictionary<string, object?> { ["free"] = free, ["reserved"] = 0, ["frozen"] = 0, ["flags"] = 0 },
    }, account);

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private string Key(StorageEntry entry, object?[] keys) => Hex(StorageKey.For(metadata, entry, keys));
}
