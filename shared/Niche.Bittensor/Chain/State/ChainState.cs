using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Chain.State;

/// <summary>
/// The chain's state at one block, read by the names and types of that block's runtime. Every reading of one instance sees the same block, whichever
/// node answers. A reading function that throws <see cref="FormatException"/> makes the answer a fault of the node, and another is asked.
/// </summary>
public sealed class ChainState
{
    private const int KeysPerQuery = 500;
    private const int KeysPerPage = 500;

    private readonly RpcClient _rpc;

    internal ChainState(RpcClient rpc, BlockRef block, ChainRuntime runtime) => (_rpc, Block, Runtime) = (rpc, block, runtime);

    /// <summary>The block.</summary>
    public BlockRef Block { get; }

    /// <summary>Its runtime.</summary>
    public ChainRuntime Runtime { get; }

    private RuntimeMetadata Metadata => Runtime.Metadata;

    /// <summary>True when this runtime has the storage item.</summary>
    public bool HasItem(string pallet, string item) => Metadata.FindStorage(pallet, item) is not null;

    /// <summary>True when this runtime says that it has the function.</summary>
    public bool HasApi(string callName) => Metadata.FindApi(callName) is not null;

    /// <summary>One storage entry; null when it is absent and has no default.</summary>
    /// <exception cref="SubtensorException">The runtime has no such item, or no node gave an answer that can be read.</exception>
    public async Task<ScaleValue?> GetAsync(StorageQuery query, CancellationToken ct) => (await GetManyAsync([query], values => values, ct))[0];

    /// <summary>Storage entries, all of this block, in the order asked.</summary>
    /// <param name="queries">Any number; asked in portions.</param>
    /// <param name="read">Turns all values, null where absent without a default, into what is wanted.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SubtensorException">The runtime has no such item, or no node gave an answer that can be read.</exception>
    public async Task<T> GetManyAsync<T>(IReadOnlyList<StorageQuery> queries, Func<IReadOnlyList<ScaleValue?>, T> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(queries);
        var entries = Known(() => queries.Select(query => Metadata.GetStorage(query.Pallet, query.Item)).ToArray());
        var keys = queries.Select((query, i) => Key(entries[i], query)).ToArray();
        if (keys.Length <= KeysPerQuery) return await QueryAsync(keys, entries, read, ct);
        var values = new List<ScaleValue?>(keys.Length);
        for (var start = 0; start < keys.Length; start += KeysPerQuery)
        {
            var range = start..Math.Min(start + KeysPerQuery, keys.Length);
            values.AddRange(await QueryAsync(keys[range], entries[range], portion => portion, ct));
        }

        return ReadLate(read, values);
    }

    /// <summary>All entries of a map, or those that begin with some keys.</summary>
    /// <param name="pallet">The pallet.</param>
    /// <param name="item">The map.</param>
    /// <param name="firstKeys">The keys they have in common; may be empty.</param>
    /// <param name="maxEntries">More is an error, not a cut.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SubtensorException">No such item, too many entries, or no answer that can be read.</exception>
    public async Task<IReadOnlyList<StorageMapEntry>> GetMapAsync(string pallet, string item, IReadOnlyList<object?> firstKeys, int maxEntries, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(firstKeys);
        var entry = Known(() => Metadata.GetStorage(pallet, item));
        var prefix = RpcAnswer.Hex(Key(entry, new StorageQuery(pallet, item, [.. firstKeys])));
        var found = new List<StorageMapEntry>();
        string? last = null;
        while (true)
        {
            var after = last;
            var page = await _rpc.CallAsync("state_getKeysPaged", [prefix, KeysPerPage, after, Block.Hash], answer => Page(answer, prefix, after), ct);
            if (found.Count + page.Count > maxEntries)
                throw new SubtensorException(SubtensorError.TooLarge, $"{pallet}.{item} has more than {maxEntries} entries.");
            if (page.Count == 0) return found;
            found.AddRange(await QueryAsync(
                [.. page.Select(key => RpcAnswer.Bytes(key)!)],
                [.. page.Select(_ => entry)],
                values => values.Select((value, i) => new StorageMapEntry(
                    StorageKey.ReadKeys(Metadata, entry, RpcAnswer.Bytes(page[i])!), value ?? throw new FormatException("a key without a value"))).ToArray(),
                ct));
            if (page.Count < KeysPerPage) return found;
            last = page[^1];
        }
    }

    /// <summary>Calls a function of a runtime API.</summary>
    /// <param name="callName">API, underscore, method; for example <c>NeuronInfoRuntimeApi_get_neurons_lite</c>.</param>
    /// <param name="arguments">Its arguments, in order.</param>
    /// <param name="read">Turns the answer into what is wanted.</param>
    /// <param name="ct">Stops it.</param>
    /// <exception cref="SubtensorException">The runtime has no such function, or no node gave an answer that can be read.</exception>
    public Task<T> CallApiAsync<T>(string callName, IReadOnlyList<object?> arguments, Func<ScaleValue, T> read, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var method = Known(() => Metadata.GetApi(callName));
        if (method.Inputs.Count != arguments.Count) throw new ArgumentException($"{callName} takes {method.Inputs.Count} arguments.", nameof(arguments));
        var bytes = arguments.SelectMany((argument, i) => ScaleValueEncoder.Encode(Metadata.Types, method.Inputs[i].Value, argument, $"{callName}.{method.Inputs[i].Key}"));
        return _rpc.CallAsync(
            "state_call",
            [callName, RpcAnswer.Hex([.. bytes]), Block.Hash],
            answer => ScaleReading.Shaped(callName, () => read(ScaleValueDecoder.Decode(Metadata.Types, method.Output, RpcAnswer.Bytes(answer) ?? throw new FormatException("no bytes")))),
            ct);
    }

    private byte[] Key(StorageEntry entry, StorageQuery query) => StorageKey.For(Metadata, entry, query.Keys);

    private Task<T> QueryAsync<T>(byte[][] keys, StorageEntry[] entries, Func<IReadOnlyList<ScaleValue?>, T> read, CancellationToken ct)
    {
        var names = keys.Select(key => RpcAnswer.Hex(key)).ToArray();
        return _rpc.CallAsync(
            "state_queryStorageAt",
            [new JsonArray([.. names.Select(name => JsonValue.Create(name))]), Block.Hash],
            answer => ScaleReading.Shaped("the storage", () =>
            {
                var changes = Changes(answer);
                return read([.. names.Select((name, i) => StorageKey.ReadValue(Metadata, entries[i], changes.TryGetValue(name, out var value) ? value : throw new FormatException("a key was left out")))]);
            }),
            ct);
    }

    private Dictionary<string, ReadOnlyMemory<byte>?> Changes(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Array || answer.GetArrayLength() != 1 || RpcAnswer.Property(answer[0], "changes") is not { ValueKind: JsonValueKind.Array } changes)
            throw new FormatException("no storage of one block");
        if (RpcAnswer.Property(answer[0], "block") is { } block && RpcAnswer.Hash(block) != Block.Hash) throw new FormatException("storage of another block");
        var found = new Dictionary<string, ReadOnlyMemory<byte>?>(StringComparer.OrdinalIgnoreCase);
        foreach (var change in changes.EnumerateArray())
        {
            if (change.ValueKind != JsonValueKind.Array || change.GetArrayLength() != 2 || RpcAnswer.Text(change[0]) is not { } key) throw new FormatException("an entry without a key");
            var value = RpcAnswer.Bytes(change[1]);
            if (value is null && change[1].ValueKind != JsonValueKind.Null) throw new FormatException("an entry without bytes");
            if (!found.TryAdd(key, value is null ? default(ReadOnlyMemory<byte>?) : value)) throw new FormatException("an entry twice");
        }

        return found;
    }

    // Keys come in order, so a page can not bring us back to an earlier one.
    private static List<string> Page(JsonElement answer, string prefix, string? after)
    {
        if (answer.ValueKind != JsonValueKind.Array || answer.GetArrayLength() > KeysPerPage) throw new FormatException("no page of keys");
        var keys = new List<string>(answer.GetArrayLength());
        foreach (var element in answer.EnumerateArray())
        {
            var key = RpcAnswer.Bytes(element) is { } bytes ? RpcAnswer.Hex(bytes) : throw new FormatException("a key that is no bytes");
            if (!key.StartsWith(prefix, StringComparison.Ordinal) || string.CompareOrdinal(key, keys.LastOrDefault() ?? after ?? "") <= 0)
                throw new FormatException("a key out of place");
            keys.Add(key);
        }

        return keys;
    }

    private static T Known<T>(Func<T> find)
    {
        try
        {
            return find();
        }
        catch (MetadataNameException unknown)
        {
            throw new SubtensorException(SubtensorError.Unsupported, unknown.Message, unknown);
        }
    }

    private static T ReadLate<T>(Func<IReadOnlyList<ScaleValue?>, T> read, IReadOnlyList<ScaleValue?> values)
    {
        try
        {
            return ScaleReading.Shaped("the storage", () => read(values));
        }
        catch (FormatException fault)
        {
            throw new SubtensorException(SubtensorError.Malformed, $"The storage can not be read: {fault.Message}", fault);
        }
    }
}
