using System.Collections.Immutable;
using System.Text.Json;
using Niche.Bittensor.Chain.Weights;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Chain.Ledger;

/// <summary>
/// A development stand-in for the chain: registrations, axons and weights in one file that is replaced whole at every change, so that a
/// killed process leaves the old state or the new one. Block numbers follow the clock. Anyone may register with any stake: never expose it.
/// </summary>
public sealed class LedgerState : IDisposable
{
    private const long MaxNonceAheadNanoseconds = 60_000_000_000;

    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writer = new(1, 1);
    private volatile LedgerBook _book;

    private LedgerState(string path, TimeProvider time, LedgerBook book) => (_path, _time, _book) = (path, time, book);

    /// <summary>The newest block.</summary>
    public ulong Block => _book.BlockAt(_time.GetUtcNow());

    /// <summary>Opens the file, or starts a new ledger at block 0.</summary>
    /// <exception cref="InvalidDataException">The file is not a ledger; it is left as it is.</exception>
    public static async Task<LedgerState> OpenAsync(LedgerOptions options, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.BlockTime, TimeSpan.Zero);
        var book = File.Exists(options.Path)
            ? await ReadAsync(options.Path, ct)
            : new LedgerBook(
                time.GetUtcNow(), options.BlockTime, ImmutableSortedDictionary<ushort, LedgerSubnet>.Empty, ImmutableSortedDictionary<string, long>.Empty);
        foreach (var (netuid, rules) in options.Subnets)
        {
            var neurons = book.Subnets.TryGetValue(netuid, out var kept) ? kept.Neurons : [];
            book = book with { Subnets = book.Subnets.SetItem(netuid, new LedgerSubnet(rules, neurons)) };
        }

        var state = new LedgerState(options.Path, time, book);
        await state.WriteAsync(book, ct);
        return state;
    }

    /// <summary>All neurons of a subnet, or null when there is no such subnet.</summary>
    public Metagraph? Metagraph(ushort netuid)
    {
        var book = _book;
        if (!book.Subnets.TryGetValue(netuid, out var subnet)) return null;
        var block = book.BlockAt(_time.GetUtcNow());
        var incentives = LedgerRules.Incentives(subnet);
        return new Metagraph(netuid, block, [.. subnet.Neurons.Select(n => new Neuron(
            n.Uid, n.Hotkey, n.Coldkey, n.Axon, n.Stake, n.ValidatorPermit,
            Active: block < n.LastUpdate + subnet.Rules.ActivityCutoff, n.LastUpdate, n.RegisteredAtBlock, incentives[n.Uid]))]);
    }

    /// <summary>A subnet's rules, or null.</summary>
    public SubnetHyperparameters? Hyperparameters(ushort netuid) => _book.Subnets.GetValueOrDefault(netuid)?.Rules;

    /// <summary>The last vector of every validator that set one, or null when there is no such subnet.</summary>
    public IReadOnlyList<LedgerWeights>? Weights(ushort netuid) =>
        _book.Subnets.TryGetValue(netuid, out var subnet) ? [.. subnet.Neurons.Select(n => n.Weights).OfType<LedgerWeights>()] : null;

    /// <summary>The unrevealed commits of a hotkey, or null when there is no such subnet.</summary>
    public IReadOnlyList<ChainCommit>? Commits(ushort netuid, string hotkey) =>
        _book.Subnets.TryGetValue(netuid, out var subnet)
            ? [.. (subnet.Find(hotkey)?.Commits ?? []).Select(commit => new ChainCommit(commit.Hash, commit.Block))]
            : null;

    /// <summary>Checks a call and, when it is good, applies and keeps it. A refusal is a result, with the chain's error name.</summary>
    public async Task<ExtrinsicResult> SubmitAsync(LedgerExtrinsic extrinsic, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(extrinsic);
        if (!extrinsic.IsSigned()) return Refused("BadProof");
        await _writer.WaitAsync(ct);
        try
        {
            var now = _time.GetUtcNow();
            var block = _book.BlockAt(now);
            if (extrinsic.Nonce <= _book.Nonces.GetValueOrDefault(extrinsic.Hotkey)) return Refused("Stale");
            if (extrinsic.Nonce > NonceClock.Now(_time) + MaxNonceAheadNanoseconds) return Refused("Future");
            var (next, error) = LedgerRules.Apply(_book, extrinsic, block);
            if (next is null) return Refused(error!);
            next = next with { Nonces = next.Nonces.SetItem(extrinsic.Hotkey, extrinsic.Nonce) };
            await WriteAsync(next, ct);
            _book = next;
            return new ExtrinsicResult(true, extrinsic.Hash(), block, null);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Releases the write lock; the file needs no closing.</summary>
    public void Dispose() => _writer.Dispose();

    private static ExtrinsicResult Refused(string error) => new(false, null, null, error);

    private static async Task<LedgerBook> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<LedgerBook>(file, SynapseJson.Options, ct)
                ?? throw new InvalidDataException($"{path} holds no ledger; move it away to start a new one.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{path} can not be read as a ledger; move it away to start a new one.", fault);
        }
    }

    private async Task WriteAsync(LedgerBook book, CancellationToken ct)
    {
        var next = _path + ".next";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await JsonSerializer.SerializeAsync(file, book, SynapseJson.Options, ct);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, _path, overwrite: true);
    }
}
