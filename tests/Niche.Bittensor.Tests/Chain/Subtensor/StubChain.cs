using System.Buffers.Binary;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>
/// A chain in memory with the metadata of a real runtime: verifies signatures, eras and nonces as a pool does, makes blocks with real events, forks,
/// finalises and upgrades when told. It runs no calls; what they do is up to the test. Any number of nodes may serve it.
/// </summary>
public sealed class StubChain
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StubBlock> _all = new(StringComparer.Ordinal);
    private readonly List<StubBlock> _best = [];
    private readonly List<(byte[] Bytes, DecodedExtrinsic Decoded)> _pool = [];
    private readonly Dictionary<string, uint> _nonces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _storage = new(StringComparer.Ordinal);
    private int _salt;

    public StubChain(string metadataFile = "dev_spec293_metadata_v15.bin", uint spec = 293)
    {
        MetadataBytes = VectorFile.SharedBytes(metadataFile);
        Metadata = RealMetadata.Of(metadataFile);
        Spec = spec;
        Append([], [], spec);
    }

    public byte[] MetadataBytes { get; }

    public RuntimeMetadata Metadata { get; }

    public uint Spec { get; private set; }

    public ulong FinalityLag { get; set; } = 2;

    /// <summary>A block follows every extrinsic at once.</summary>
    public bool BlockOnSubmit { get; set; }

    /// <summary>Why a node keeps an extrinsic out; null to take it.</summary>
    public Func<DecodedExtrinsic, (int Code, string Message, string? Data)?> Refuse { get; set; } = _ => null;

    /// <summary>The module error with which a call fails in its block; null to succeed.</summary>
    public Func<DecodedExtrinsic, (string Pallet, string Error)?> Fail { get; set; } = _ => null;

    /// <summary>All that was ever taken.</summary>
    public List<DecodedExtrinsic> Taken { get; } = [];

    public StubBlock Best
    {
        get
        {
            lock (_gate) return _best[^1];
        }
    }

    public StubBlock Finalized
    {
        get
        {
            lock (_gate) return _best[Math.Max(0, _best.Count - 1 - (int)FinalityLag)];
        }
    }

    public StubBlock? At(ulong number)
    {
        lock (_gate) return number < (ulong)_best.Count ? _best[(int)number] : null;
    }

    public StubBlock? Find(string hash)
    {
        lock (_gate) return _all.GetValueOrDefault(hash);
    }

    public byte[]? Storage(string key)
    {
        lock (_gate) return _storage.GetValueOrDefault(key);
    }

    public IReadOnlyList<string> Keys(string prefix, string? after, int count)
    {
        lock (_gate) return [.. _storage.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(key, after ?? "") > 0).Order(StringComparer.Ordinal).Take(count)];
    }

    public void Put(string pallet, string item, object?[] keys, object? value)
    {
        var entry = Metadata.GetStorage(pallet, item);
        lock (_gate) _storage[Hex(StorageKey.For(Metadata, entry, keys))] = ScaleValueEncoder.Encode(Metadata.Types, entry.Value, value, item);
    }

    public uint NextNonce(string address)
    {
        lock (_gate)
        {
            var next = _nonces.GetValueOrDefault(address);
            while (_pool.Any(waiting => waiting.Decoded.Nonce == next && Address(waiting.Decoded) == address)) next++;
            return next;
        }
    }

    /// <summary>What a node's pool says: null when it takes the extrinsic.</summary>
    public (int Code, string Message, string? Data)? Submit(byte[] bytes)
    {
        lock (_gate)
        {
            DecodedExtrinsic decoded;
            try
            {
                decoded = ExtrinsicReader.Read(Metadata, bytes);
            }
            catch (ScaleFormatException)
            {
                return (1010, "Invalid Transaction", "Transaction could not be decoded");
            }

            var birth = decoded.Era.Birth(_best[^1].Number);
            var nonce = _nonces.GetValueOrDefault(Address(decoded));
            if (!ExtrinsicVerifier.Verifies(Metadata, decoded, Spec, 1, Bytes(_best[0].Hash), Bytes(At(birth)?.Hash ?? _best[0].Hash)))
                return (1010, "Invalid Transaction", "Transaction has a bad signature");
            if (decoded.Nonce < nonce) return (1010, "Invalid Transaction", "Transaction is outdated");
            if (_pool.Any(waiting => waiting.Bytes.AsSpan().SequenceEqual(bytes))) return (1013, "Transaction Already Imported", null);
            if (_pool.Any(waiting => waiting.Decoded.Nonce == decoded.Nonce && Address(waiting.Decoded) == Address(decoded))) return (1014, "Priority is too low: (0 vs 0)", null);
            if (Refuse(decoded) is { } refusal) return refusal;
            _pool.Add((bytes, decoded));
            Taken.Add(decoded);
            if (BlockOnSubmit) Produce();
            return null;
        }
    }

    /// <summary>Forgets what waits, as a node does when it restarts.</summary>
    public void DropPool()
    {
        lock (_gate) _pool.Clear();
    }

    public void Produce(int blocks = 1)
    {
        lock (_gate)
        {
            for (var i = 0; i < blocks; i++)
            {
                var ready = _pool.OrderBy(waiting => waiting.Decoded.Nonce).Where(IsNext).ToArray();
                _pool.RemoveAll(ready.Contains);
                Append([[0x04, 0x00], .. ready.Select(waiting => waiting.Bytes)], [.. ready.Select(waiting => waiting.Decoded)], Spec);
            }
        }
    }

    /// <summary>The next block carries a new runtime: what was signed for the old one dies.</summary>
    public void Upgrade(uint spec)
    {
        lock (_gate)
        {
            Append([[0x04, 0x00]], [], Spec = spec);
            _pool.Clear();
        }
    }

    /// <summary>Undoes the last blocks: their extrinsics go back to the pool, and other blocks come instead.</summary>
    public void Fork(int depth)
    {
        lock (_gate)
        {
            var undone = _best[^depth..].SelectMany(block => block.Extrinsics.Skip(1)).ToArray();
            _best.RemoveRange(_best.Count - depth, depth);
            foreach (var bytes in undone)
            {
                var decoded = ExtrinsicReader.Read(Metadata, bytes);
                _nonces[Address(decoded)] = Math.Min(_nonces[Address(decoded)], decoded.Nonce);
                _pool.Add((bytes, decoded));
            }

            _salt++;
            Append([[0x04, 0x00]], [], Spec); // The other block has none of them yet.
        }
    }

    public static string Address(DecodedExtrinsic decoded) => Ss58.Encode(decoded.SignerKey!.Value.Span);

    private bool IsNext((byte[] Bytes, DecodedExtrinsic Decoded) waiting)
    {
        var (decoded, next) = (waiting.Decoded, (ulong)_best.Count);
        if (next >= decoded.Era.Death(_best[^1].Number) || decoded.Nonce != _nonces.GetValueOrDefault(Address(decoded))) return false;
        var nonce = _nonces[Address(decoded)] = decoded.Nonce + 1;
        var data = new Dictionary<string, object?> { ["free"] = 5_000_000_000UL, ["reserved"] = 0, ["frozen"] = 0, ["flags"] = 0 };
        Put("System", "Account", [Address(decoded)], new Dictionary<string, object?> { ["nonce"] = nonce, ["consumers"] = 0, ["providers"] = 1, ["sufficients"] = 0, ["data"] = data });
        return true;
    }

    private void Append(IReadOnlyList<byte[]> extrinsics, IReadOnlyList<DecodedExtrinsic> decoded, uint spec)
    {
        var number = (ulong)_best.Count;
        var seed = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(seed, number);
        BinaryPrimitives.WriteInt32LittleEndian(seed.AsSpan(8), number == 0 ? 0 : _salt);
        var block = new StubBlock(number, Hex(Blake2b.Hash256(seed)), number == 0 ? Hex(new byte[32]) : _best[^1].Hash, extrinsics, StubEvents.Of(Metadata, decoded, Fail), spec);
        _best.Add(block);
        _all[block.Hash] = block;
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.AsSpan(2));
}
