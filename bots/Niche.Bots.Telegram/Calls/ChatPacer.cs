using Niche.Bots.Platforms;

namespace Niche.Bots.Telegram.Calls;

/// <summary>
/// Keeps this process within what Telegram takes: a message a second in a chat, 20 a minute in a group, about 30 a second in all. A short wait is waited,
/// a long one is thrown with its time before anything was sent. Other processes are not seen: what is refused all the same closes the chat until
/// the time that Telegram named.
/// </summary>
/// <param name="time">The clock.</param>
public sealed class ChatPacer(TimeProvider time)
{
    private const int PerGroup = 20, PruneAt = 4096;

    /// <summary>Messages of a group's minute that are kept for answers: what is only progress leaves them free.</summary>
    public const int KeptForAnswers = 5;

    /// <summary>Longest wait that is waited here.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // The margins are for clocks and roads: what leaves a second apart may arrive closer together.
    private static readonly TimeSpan ChatGap = TimeSpan.FromMilliseconds(1050), GroupWindow = TimeSpan.FromSeconds(61);

    // A bucket of 6 that refills 22 times a second lets at most 28 through in any second.
    private static readonly TimeSpan Refill = TimeSpan.FromSeconds(1) / 22, Burst = Refill * 6;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, ChatPace> _chats = [];
    private DateTimeOffset _overall = DateTimeOffset.UnixEpoch, _told = DateTimeOffset.UnixEpoch;

    /// <summary>Chats that are remembered.</summary>
    public int Remembered
    {
        get
        {
            lock (_gate) return _chats.Count;
        }
    }

    /// <summary>Waits for the turn of a call to a chat.</summary>
    /// <param name="chat">The chat; negative ids are groups.</param>
    /// <param name="messages">Messages that the call makes.</param>
    /// <param name="ct">Stops.</param>
    /// <param name="isProgress">It may come later or never: in a group it leaves room for answers.</param>
    /// <exception cref="PlatformException"><see cref="PlatformFault.Busy"/>: the turn is too far away.</exception>
    public async Task WaitAsync(long chat, int messages, CancellationToken ct, bool isProgress = false)
    {
        TimeSpan wait = Reserve(chat, messages, isProgress);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct).ConfigureAwait(false);
    }

    /// <summary>Telegram said how long a chat must be left alone.</summary>
    public void Close(long chat, TimeSpan wait)
    {
        lock (_gate)
        {
            ChatPace pace = PaceOf(chat);
            DateTimeOffset until = time.GetUtcNow() + wait;
            if (pace.Next < until) pace.Next = until;
        }
    }

    private TimeSpan Reserve(long chat, int messages, bool isProgress)
    {
        lock (_gate)
        {
            DateTimeOffset now = time.GetUtcNow();
            ChatPace pace = PaceOf(chat);
            DateTimeOffset own = Latest(now, pace.Next), overall = _overall - Burst;
            if (chat < 0) own = Latest(own, pace.GroupTurn(messages, isProgress ? PerGroup - KeptForAnswers : PerGroup, GroupWindow));
            DateTimeOffset turn = Latest(own, overall);
            if (turn - now > Longest)
                throw new PlatformException(PlatformFault.Busy, "Telegram takes no more messages there for now.", (overall > own ? Spread(overall, messages) : own) - now);
            pace.Next = turn + ChatGap;
            if (chat < 0) pace.Count(messages, turn, GroupWindow);
            _overall = Latest(_overall, turn) + Refill * messages;
            return turn - now;
        }
    }

    // When all wait for the same, each is told another time: told the same, they would come back together and be sent away together.
    private DateTimeOffset Spread(DateTimeOffset first, int messages) => _told = Latest(_told, first) + Refill * messages;

    private ChatPace PaceOf(long chat)
    {
        if (_chats.TryGetValue(chat, out ChatPace? known)) return known;
        if (_chats.Count >= PruneAt) Prune();
        return _chats[chat] = new ChatPace();
    }

    private void Prune()
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (long idle in _chats.Where(chat => chat.Value.IsIdle(now, GroupWindow)).Select(chat => chat.Key).ToArray()) _chats.Remove(idle);
    }

    private static DateTimeOffset Latest(params ReadOnlySpan<DateTimeOffset> times)
    {
        DateTimeOffset latest = times[0];
        foreach (DateTimeOffset one in times) latest = one > latest ? one : latest;
        return latest;
    }
}
