using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Operation;

/// <summary>The house state; read by every event, so it is remembered for two seconds.</summary>
public sealed class HouseStore(ITableStore tables, TimeProvider time)
{
    private const string Key = "house";
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);
    private readonly JsonTable<HouseState> _states = new(tables, BotNames.State);
    private volatile Remembered? _last;

    /// <summary>The state, at most two seconds old.</summary>
    public async Task<HouseState> GetAsync(CancellationToken ct)
    {
        if (_last is { } last && time.GetElapsedTime(last.At) < MaxAge) return last.State;
        long now = time.GetTimestamp();
        HouseState state = await _states.GetAsync(Key, Key, ct).ConfigureAwait(false) ?? new HouseState();
        _last = new Remembered(state, now);
        return state;
    }

    /// <summary>Changes the state.</summary>
    public async Task ChangeAsync(Func<HouseState, HouseState> change, CancellationToken ct)
    {
        await _states.UpdateAsync(Key, Key, before => change(before ?? new HouseState()), ct).ConfigureAwait(false);
        _last = null;
    }

    private sealed record Remembered(HouseState State, long At);
}
