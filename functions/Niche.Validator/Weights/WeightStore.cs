using System.Globalization;
using Niche.Storage;
using Niche.Subnet.Weights;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>Every weight vector that was set or held back, with its reasons; the newest ones first.</summary>
public sealed class WeightStore(ITableStore tables)
{
    private const string All = "all", Newest = "newest", Reveals = "reveals";
    private readonly JsonTable<WeightReceipt> _weights = new(tables, TableNames.Weights);
    private readonly JsonTable<RevealReceipt> _reveals = new(tables, TableNames.Weights);

    /// <summary>The last vector that the chain accepted; null before the first.</summary>
    public Task<WeightReceipt?> GetLastSetAsync(CancellationToken ct) => _weights.GetAsync(Newest, Newest, ct);

    /// <summary>The last decisions, newest first, set or not.</summary>
    public async Task<IReadOnlyList<WeightReceipt>> ListNewestAsync(int count, CancellationToken ct)
    {
        List<WeightReceipt> newest = [];
        await foreach ((_, WeightReceipt receipt) in _weights.QueryAsync(All, null, null, count, ct).ConfigureAwait(false)) newest.Add(receipt);
        return newest;
    }

    /// <summary>Keeps what was decided.</summary>
    public async Task AddAsync(WeightReceipt receipt, CancellationToken ct)
    {
        await _weights.UpsertAsync(All, Row(receipt.ComputedAt), receipt, ct).ConfigureAwait(false);
        if (receipt.WasSet) await _weights.UpsertAsync(Newest, Newest, receipt, ct).ConfigureAwait(false);
    }

    /// <summary>The last ends of hashed commits, newest first.</summary>
    public async Task<IReadOnlyList<RevealReceipt>> ListRevealsAsync(int count, CancellationToken ct)
    {
        List<RevealReceipt> newest = [];
        await foreach ((_, RevealReceipt receipt) in _reveals.QueryAsync(Reveals, null, null, count, ct).ConfigureAwait(false)) newest.Add(receipt);
        return newest;
    }

    /// <summary>Keeps how a hashed commit ended.</summary>
    public Task AddAsync(RevealReceipt receipt, CancellationToken ct) =>
        _reveals.UpsertAsync(Reveals, $"{Row(receipt.At)}-{receipt.Sent.Extrinsic ?? Guid.NewGuid().ToString("n")}", receipt, ct);

    // Counts down, so that the newest comes first.
    private static string Row(DateTimeOffset at) => (DateTimeOffset.MaxValue.Ticks - at.Ticks).ToString("d19", CultureInfo.InvariantCulture);
}
