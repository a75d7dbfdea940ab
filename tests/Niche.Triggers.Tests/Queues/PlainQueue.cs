using System.Globalization;

namespace Niche.Triggers.Tests.Queues;

/// <summary>What a storage queue is, in the plainest words: a list of messages, each with a time from which it is visible.</summary>
internal sealed class PlainQueue(TimeProvider time)
{
    private readonly List<Message> _messages = [];
    private int _names;

    public bool HasVisible => Live.Any(m => m.VisibleFrom <= time.GetUtcNow());

    public int Count => Live.Count();

    private IEnumerable<Message> Live => _messages.Where(m => m.ExpiresOn > time.GetUtcNow());

    public string Put(TimeSpan delay, TimeSpan? ttl)
    {
        var name = (++_names).ToString(CultureInfo.InvariantCulture);
        _messages.Add(new Message(name, ttl is { } t ? time.GetUtcNow() + t : DateTimeOffset.MaxValue) { VisibleFrom = time.GetUtcNow() + delay });
        return name;
    }

    /// <summary>Checks that this message could be received, and receives it.</summary>
    public Held Receive(string name, long dequeueCount, TimeSpan visibility)
    {
        var message = Live.Single(m => m.Name == name);
        Assert.True(message.VisibleFrom <= time.GetUtcNow(), "received while invisible");
        Assert.Equal(++message.DequeueCount, dequeueCount);
        message.VisibleFrom = time.GetUtcNow() + visibility;
        return new Held(name, ++message.Receipt);
    }

    public bool Delete(Held held) => Find(held) is { } message && _messages.Remove(message);

    public Held? Update(Held held, TimeSpan visibility)
    {
        if (Find(held) is not { } message)
            return null;
        message.VisibleFrom = time.GetUtcNow() + visibility;
        return new Held(held.Name, ++message.Receipt);
    }

    private Message? Find(Held held) => Live.SingleOrDefault(m => m.Name == held.Name && m.Receipt == held.Receipt);

    internal sealed record Held(string Name, int Receipt);

    private sealed class Message(string name, DateTimeOffset expiresOn)
    {
        public string Name { get; } = name;

        public DateTimeOffset ExpiresOn { get; } = expiresOn;

        public DateTimeOffset VisibleFrom { get; set; }

        public int Receipt { get; set; }

        public long DequeueCount { get; set; }
    }
}
