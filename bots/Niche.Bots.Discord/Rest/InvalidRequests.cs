namespace Niche.Bots.Discord.Rest;

/// <summary>
/// Counts failed calls (401, 403, 429): Discord bans an address after 10,000 in 10 minutes, so calls stop before that. Safe for threads.
/// Source: discord-api-docs, Invalid Request Limit.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="budget">Failures per 10 minutes after which calls stop: not all of them, since other processes share the address.</param>
public sealed class InvalidRequests(TimeProvider time, int budget = 5_000)
{
    private const int Slots = 60;
    private static readonly long SlotTicks = TimeSpan.FromMinutes(10).Ticks / Slots;

    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[Slots];
    private long _slot;

    /// <summary>How long to wait until a call may be made; zero for now.</summary>
    public TimeSpan Wait()
    {
        lock (_lock)
        {
            long now = Turn();
            int count = _counts.Sum();
            if (count < budget) return TimeSpan.Zero;
            for (int age = Slots - 1; age >= 0; age--)
            {
                count -= _counts[(int)((_slot - age) % Slots)];
                if (count < budget) return TimeSpan.FromTicks(((_slot - age + Slots) * SlotTicks) - now);
            }

            return TimeSpan.FromTicks(SlotTicks);
        }
    }

    /// <summary>Counts a failure.</summary>
    public void Count()
    {
        lock (_lock)
        {
            Turn();
            _counts[(int)(_slot % Slots)]++;
        }
    }

    private long Turn()
    {
        long now = time.GetUtcNow().UtcTicks;
        long slot = now / SlotTicks;
        for (long next = Math.Max(_slot + 1, slot - Slots + 1); next <= slot; next++) _counts[(int)(next % Slots)] = 0;
        _slot = Math.Max(_slot, slot);
        return now;
    }
}
