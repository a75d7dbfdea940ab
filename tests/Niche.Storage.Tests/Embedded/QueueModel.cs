namespace Niche.Storage.Tests.Embedded;

/// <summary>A queue as a list; time in whole seconds.</summary>
public sealed class QueueModel
{
    private readonly List<Message> _messages = [];
    private int _lastReceipt;

    public int Now { get; set; }

    public int Count => _messages.Count;

    public int Put(string id, int delay)
    {
        _messages.Add(new(id, Now + delay, 0, ++_lastReceipt));
        return _lastReceipt;
    }

    public List<Message> Receive(int max, int visibility)
    {
        var taken = new List<Message>();
        foreach (var message in _messages.Where(m => m.VisibleAt <= Now).OrderBy(m => m.VisibleAt).Take(max).ToList())
        {
            var leased = message with { VisibleAt = Now + visibility, Dequeues = message.Dequeues + 1, Receipt = ++_lastReceipt };
            _messages[_messages.IndexOf(message)] = leased;
            taken.Add(leased);
        }

        return taken;
    }

    public int? Renew(string id, int receipt, int visibility)
    {
        var at = _messages.FindIndex(m => m.Id == id && m.Receipt == receipt);
        if (at < 0)
            return null;
        _messages[at] = _messages[at] with { VisibleAt = Now + visibility, Receipt = ++_lastReceipt };
        return _lastReceipt;
    }

    public bool Delete(string id, int receipt) => _messages.RemoveAll(m => m.Id == id && m.Receipt == receipt) == 1;

    public sealed record Message(string Id, int VisibleAt, long Dequeues, int Receipt);
}
