using System.Globalization;

namespace Niche.Triggers.Queues;

/// <summary>One queue. Visible messages wait in arrival order; hidden ones (delayed or leased) in order of their return.</summary>
internal sealed class InMemoryQueue(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Message> _messages = new(StringComparer.Ordinal);
    private readonly Queue<(Message Message, int Version)> _visible = new();
    private readonly SortedSet<(DateTimeOffset At, long Sequence)> _hidden = [];
    private readonly Dictionary<long, Message> _hiddenBySequence = [];
    private Action? _arrived;
    private long _sequence;

    public void Put(byte[] body, TimeSpan delay, TimeSpan? timeToLive)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var sequence = ++_sequence;
            var message = new Message(
                sequence, sequence.ToString("x16", CultureInfo.InvariantCulture), body, now, timeToLive is { } ttl ? now + ttl : DateTimeOffset.MaxValue);
            _messages.Add(message.Id, message);
            if (delay > TimeSpan.Zero)
                Hide(message, now + delay);
            else
                _visible.Enqueue((message, message.Version));
        }

        if (delay <= TimeSpan.Zero)
            Volatile.Read(ref _arrived)?.Invoke();
    }

    public IReadOnlyList<QueueItem> Receive(int max, TimeSpan visibility)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            Unhide(now);
            if (_visible.Count == 0)
                return [];
            var items = new List<QueueItem>(Math.Min(max, _visible.Count));
            while (items.Count < max && _visible.TryDequeue(out var next))
            {
                var message = next.Message;
                if (message.Deleted || message.Version != next.Version)
                    continue;
                if (message.ExpiresOn <= now)
                {
                    Remove(message);
                    continue;
                }

                message.DequeueCount++;
                var receipt = message.Renew();
                Hide(message, now + visibility);
                items.Add(new QueueItem(
                    message.Id, receipt, message.DequeueCount, message.InsertedOn, message.ExpiresOn, message.HiddenUntil, message.Body));
            }

            return items;
        }
    }

    public string? UpdateVisibility(string id, string popReceipt, TimeSpan visibility)
    {
        lock (_gate)
        {
            if (Held(id, popReceipt) is not { } message)
                return null;
            Show(message);
            var receipt = message.Renew();
            if (visibility > TimeSpan.Zero)
                Hide(message, time.GetUtcNow() + visibility);
            else
                _visible.Enqueue((message, message.Version));
            return receipt;
        }
    }

    public bool Delete(string id, string popReceipt)
    {
        lock (_gate)
        {
            if (Held(id, popReceipt) is not { } message)
                return false;
            Remove(message);
            return true;
        }
    }

    public long Count()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            long count = 0;
            foreach (var message in _messages.Values)
                count += message.ExpiresOn > now ? 1 : 0;
            return count;
        }
    }

    public Subscription Subscribe(Action arrived)
    {
        lock (_gate)
            _arrived += arrived;
        return new Subscription(this, arrived);
    }

    private Message? Held(string id, string popReceipt) =>
        _messages.TryGetValue(id, out var message) && message.PopReceipt == popReceipt && message.ExpiresOn > time.GetUtcNow()
            ? message
            : null;

    private void Hide(Message message, DateTimeOffset until)
    {
        message.HiddenUntil = until;
        _hidden.Add((until, message.Sequence));
        _hiddenBySequence.Add(message.Sequence, message);
    }

    private void Show(Message message)
    {
        if (_hiddenBySequence.Remove(message.Sequence))
            _hidden.Remove((message.HiddenUntil, message.Sequence));
    }

    private void Unhide(DateTimeOffset now)
    {
        while (_hidden.Count > 0 && _hidden.Min is var first && first.At <= now)
        {
            var message = _hiddenBySequence[first.Sequence];
            Show(message);
            _visible.Enqueue((message, message.Version));
        }
    }

    private void Remove(Message message)
    {
        message.Deleted = true;
        Show(message);
        _messages.Remove(message.Id);
    }

    internal sealed class Subscription(InMemoryQueue queue, Action arrived) : IDisposable
    {
        public void Dispose()
        {
            lock (queue._gate)
                queue._arrived -= arrived;
        }
    }

    private sealed class Message(long sequence, string id, byte[] body, DateTimeOffset insertedOn, DateTimeOffset expiresOn)
    {
        public long Sequence { get; } = sequence;

        public string Id { get; } = id;

        public byte[] Body { get; } = body;

        public DateTimeOffset InsertedOn { get; } = insertedOn;

        public DateTimeOffset ExpiresOn { get; } = expiresOn;

        public DateTimeOffset HiddenUntil { get; set; }

        public long DequeueCount { get; set; }

        public string? PopReceipt { get; private set; }

        /// <summary>Grows with every receipt, so that an older entry among the visible ones can be told from the present one.</summary>
        public int Version { get; private set; }

        public bool Deleted { get; set; }

        public string Renew() =>
            PopReceipt = string.Create(CultureInfo.InvariantCulture, $"{Id}.{++Version}");
    }
}
