using System.Text.Json;
using Niche.Storage;
using Niche.Subnet.Policy;
using Niche.Validator.Network;

namespace Niche.Validator.Judging;

/// <summary>Standings by category and hotkey, and the verdicts they are made of.</summary>
public sealed class StandingStore(ITableStore tables, SubnetPolicy policy, TimeProvider time)
{
    private readonly JsonTable<Standing> _standings = new(tables, TableNames.Standings);
    private readonly JsonTable<VerdictRecord> _verdicts = new(tables, TableNames.Verdicts);

    /// <summary>Books one answer of a miner, once: a message that is handled twice changes nothing the second time.</summary>
    public async Task BookAsync(MinerRecord miner, ModelPolicy model, Answered answer, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        VerdictRecord record = new(answer.RequestId, now, miner.Hotkey, miner.Uid, model.Name, answer.Kind,
            JsonSerializer.Serialize(answer.Recipe, JsonSerializerOptions.Web), answer.Verdict, answer.Took.TotalMilliseconds, answer.Scored);
        if (!await _verdicts.InsertAsync(miner.Hotkey, answer.RequestId, record, ct).ConfigureAwait(false)) return;
        await _standings.UpdateAsync(model.Name, miner.Hotkey, before => (before ?? Standing.New(miner.Hotkey, model.Name, now))
            .With(answer, miner.TotalVolume, model, policy.Scoring, now), ct).ConfigureAwait(false);
    }

    /// <summary>Drops the rewards that a miner earned with a model it no longer serves.</summary>
    public Task ForgetAsync(string hotkey, string model, CancellationToken ct) => _standings.UpdateAsync(model, hotkey,
        before => before is null ? null : before with { Score = before.Score.Forget(time.GetUtcNow()) }, ct);

    /// <summary>True when a request was booked already.</summary>
    public async Task<bool> IsBookedAsync(string hotkey, string requestId, CancellationToken ct) =>
        await _verdicts.GetAsync(hotkey, requestId, ct).ConfigureAwait(false) is not null;

    /// <summary>One miner in one category; an empty standing when it did nothing yet.</summary>
    public async Task<Standing> GetAsync(string model, string hotkey, CancellationToken ct) =>
        await _standings.GetAsync(model, hotkey, ct).ConfigureAwait(false) ?? Standing.New(hotkey, model, time.GetUtcNow());

    /// <summary>Everybody in one category.</summary>
    public async Task<IReadOnlyList<Standing>> ListAsync(string model, CancellationToken ct)
    {
        List<Standing> standings = [];
        await foreach ((_, Standing standing) in _standings.QueryAsync(model, null, null, null, ct).ConfigureAwait(false)) standings.Add(standing);
        return standings;
    }
}
