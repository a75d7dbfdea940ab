using Niche.Storage;
using Niche.Subnet.Rounds;
using Niche.Validator.Network;

namespace Niche.Validator.Synthetic;

/// <summary>Rounds, the newest one marked.</summary>
public sealed class RoundStore(ITableStore tables)
{
    private const string Partition = "round", Newest = "newest";
    private readonly JsonTable<RoundState> _rounds = new(tables, TableNames.Network);

    /// <summary>The newest round; null before the first.</summary>
    public Task<RoundState?> GetNewestAsync(CancellationToken ct) => _rounds.GetAsync(Partition, Newest, ct);

    /// <summary>Begins a round; false when it is already begun and completely queued.</summary>
    public async Task<bool> BeginAsync(RoundState round, CancellationToken ct)
    {
        bool begun = false;
        await _rounds.UpdateAsync(Partition, Newest, before =>
        {
            begun = before is null || before.Number < round.Number || (before.Number == round.Number && !before.Queued);
            return begun ? round : null;
        }, ct).ConfigureAwait(false);
        return begun;
    }

    /// <summary>Notes that every request of the round is on the queue.</summary>
    public Task CompleteAsync(RoundId round, CancellationToken ct) => ChangeAsync(round, state => state with { Queued = true }, ct);

    /// <summary>Counts a request that came to its end.</summary>
    public Task CountAsync(RoundId round, CancellationToken ct) => ChangeAsync(round, state => state with { Done = state.Done + 1 }, ct);

    private Task ChangeAsync(RoundId round, Func<RoundState, RoundState> change, CancellationToken ct) =>
        _rounds.UpdateAsync(Partition, Newest, before => before?.Number == round.Index ? change(before) : null, ct);
}
