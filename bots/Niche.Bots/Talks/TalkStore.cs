using Niche.Bots.Incoming;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Talks;

/// <summary>Conversations: one per thread of a group, one per person in private. The newest turns are remembered.</summary>
public sealed class TalkStore(ITableStore tables, TimeProvider time)
{
    /// <summary>Row key of a step; turns have keys in time.</summary>
    internal const string StepRow = "step";

    private const int MaxRemembered = 12, MaxForgotten = 500;
    private const string StepPrefix = "step-";
    private readonly JsonTable<Turn> _turns = new(tables, BotNames.Talks);
    private readonly JsonTable<TalkStep> _steps = new(tables, BotNames.Talks);

    /// <summary>The newest turns, newest first.</summary>
    public async Task<IReadOnlyList<Turn>> ReadAsync(BotEvent happened, CancellationToken ct)
    {
        List<Turn> turns = [];
        await foreach ((_, Turn turn) in _turns.QueryAsync(KeyOf(happened), null, null, MaxRemembered, ct).ConfigureAwait(false)) turns.Add(turn);
        return turns;
    }

    /// <summary>Remembers a turn.</summary>
    public Task AddAsync(BotEvent happened, Turn turn, CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        return _turns.UpsertAsync(KeyOf(happened), Keys.NewestFirst(now, TimeOrderedId.Create(now)), turn, ct);
    }

    /// <summary>Forgets a conversation.</summary>
    public async Task ForgetAsync(BotEvent happened, CancellationToken ct)
    {
        List<string> rows = [];
        await foreach ((string row, _) in _turns.QueryAsync(KeyOf(happened), null, null, MaxForgotten, ct).ConfigureAwait(false)) rows.Add(row);
        foreach (string row in rows) await _turns.DeleteAsync(KeyOf(happened), row, ct).ConfigureAwait(false);
    }

    /// <summary>How far the answer to an event came.</summary>
    public async Task<TalkStep> StepAsync(BotEvent happened, CancellationToken ct) =>
        await _steps.GetAsync(StepKey(happened), StepRow, ct).ConfigureAwait(false) ?? new TalkStep(null, null);

    /// <summary>Remembers how far it came.</summary>
    public Task SetStepAsync(BotEvent happened, TalkStep step, CancellationToken ct) => _steps.UpsertAsync(
        StepKey(happened), StepRow, step with { At = time.GetUtcNow() }, ct);

    private static string StepKey(BotEvent happened) => StepPrefix + Keys.Of(happened.Place.Platform, happened.Id);

    private static string KeyOf(BotEvent happened)
    {
        Place place = happened.Place;
        return place.Kind == ChannelKind.Private
            ? Keys.Of(place.Platform, "person", happened.User.Id)
            : Keys.Of(place.Platform, place.Channel, place.Thread ?? "main");
    }
}
