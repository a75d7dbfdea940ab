namespace Niche.TelegramStandIn.Flood;

/// <summary>
/// Counts what is sent within sliding windows. Who is over a limit waits until its window has room; who calls again before that is refused again and
/// counted as impatient.
/// </summary>
/// <param name="limits">The limits.</param>
public sealed class FloodGate(FloodLimits limits)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Minute = TimeSpan.FromMinutes(1);
    private readonly Dictionary<(string Window, long Chat), Queue<DateTimeOffset>> _sent = [];
    private readonly Dictionary<long, DateTimeOffset> _closed = [];

    /// <summary>Calls that came to a chat while it was closed: the bot did not obey retry_after.</summary>
    public int Impatient { get; private set; }

    /// <summary>Calls that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Lets a call through, or tells how long to wait.</summary>
    /// <param name="chat">Id of the chat.</param>
    /// <param name="isGroup">It is a group or a channel.</param>
    /// <param name="messages">Messages that the call makes.</param>
    /// <param name="now">The moment.</param>
    public TimeSpan? Admit(long chat, bool isGroup, int messages, DateTimeOffset now)
    {
        if (_closed.TryGetValue(chat, out DateTimeOffset until))
        {
            if (now < until)
            {
                Impatient++;
                Refused++;
                return until - now;
            }

            _closed.Remove(chat);
        }

        TimeSpan wait = Wait(("chat", chat), limits.PerChat, 1, limits.ChatWindow ?? Second, now);
        if (isGroup) wait = Max(wait, Wait(("group", chat), limits.PerGroup, messages, Minute, now));
        wait = Max(wait, Wait(("all", 0), limits.Overall, messages, Second, now));
        if (wait > TimeSpan.Zero)
        {
            Refused++;
            // The wait is told in whole seconds.
            Close(chat, now + TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds)));
            return wait;
        }

        Count(("chat", chat), 1, now);
        if (isGroup) Count(("group", chat), messages, now);
        Count(("all", 0), messages, now);
        return null;
    }

    /// <summary>Closes a chat until a moment.</summary>
    public void Close(long chat, DateTimeOffset until) => _closed[chat] = until;

    private TimeSpan Wait((string, long) key, int limit, int add, TimeSpan window, DateTimeOffset now)
    {
        if (!_sent.TryGetValue(key, out Queue<DateTimeOffset>? times)) return TimeSpan.Zero;
        while (times.TryPeek(out DateTimeOffset first) && first <= now - window) times.Dequeue();
        if (times.Count == 0) _sent.Remove(key);
        long over = times.Count + (long)add - limit;
        return over <= 0 || times.Count == 0 ? TimeSpan.Zero : times.ElementAt((int)Math.Min(over, times.Count) - 1) + window - now;
    }

    private void Count((string, long) key, int times, DateTimeOffset now)
    {
        if (!_sent.TryGetValue(key, out Queue<DateTimeOffset>? list)) _sent[key] = list = new Queue<DateTimeOffset>();
        for (int i = 0; i < times; i++) list.Enqueue(now);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
