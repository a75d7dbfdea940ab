using System.Globalization;
using Niche.Storage;
using Niche.Subnet.Weights;
using Niche.Validator.Network;

namespace Niche.Validator.Weights;

/// <summary>Every weight vector that was set or held back, with its reasons; the newest ones first.</summary>
public sealed class WeightStore(ITableStore tables)
{
    private const string All = "all", Newest = "newest";
    private readonly JsonTable<WeightReceipt> _weights = new(tables, TableNames.Weights);

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
        string row = (DateTimeOffset.MaxValue.Ticks - receipt.ComputedAt.Ticks).ToString("d19", CultureInfo.InvariantCulture);
        await _weights.UpsertAsync(All, row, receipt, ct).ConfigureAwait(false);
        if (receipt.WasSet) await _weights.UpsertAsync(Newest, Newest, receipt, ct).ConfigureAwait(false);
    }
}
