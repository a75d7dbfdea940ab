namespace Niche.Bots.Telegram.Calls;

/// <summary>When a chat may be written to again, and what a group got within the last minute.</summary>
internal sealed class ChatPace
{
    private readonly Queue<DateTimeOffset> _sent = new();

    /// <summary>The next turn.</summary>
    public DateTimeOffset Next { get; set; }

    /// <summary>When the window of a group has room for more messages.</summary>
    public DateTimeOffset GroupTurn(int messages, int limit, TimeSpan window)
    {
        int over = _sent.Count + messages - limit;
        return over <= 0 ? DateTimeOffset.MinValue : _sent.ElementAt(Math.Min(over, _sent.Count) - 1) + window;
    }

    /// <summary>Counts messages of a turn; what left the window by then is forgotten.</summary>
    public void Count(int messages, DateTimeOffset turn, TimeSpan window)
    {
        while (_sent.TryPeek(out DateTimeOffset first) && first + window <= turn) _sent.Dequeue();
        for (int i = 0; i < messages; i++) _sent.Enqueue(turn);
    }

    /// <summary>Nothing of it matters any more.</summary>
    public bool IsIdle(DateTimeOffset now, TimeSpan window) => Next <= now && _sent.All(sent => sent + window <= now);
}
