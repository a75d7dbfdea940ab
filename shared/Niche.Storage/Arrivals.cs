using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Niche.Storage;

/// <summary>Who wants to hear of messages that this process makes visible.</summary>
internal sealed class Arrivals
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Subscription>> _subscriptions = new(StringComparer.Ordinal);

    public IDisposable Subscribe(string queue, Action callback)
    {
        StorageNames.CheckQueue(queue);
        ArgumentNullException.ThrowIfNull(callback);
        var subscription = new Subscription(this, queue, callback);
        _subscriptions.AddOrUpdate(queue, [subscription], (_, all) => all.Add(subscription));
        return subscription;
    }

    public void Announce(string queue)
    {
        if (!_subscriptions.TryGetValue(queue, out var all))
            return;
        foreach (var subscription in all)
            subscription.Callback();
    }

    private sealed class Subscription(Arrivals owner, string queue, Action callback) : IDisposable
    {
        public Action Callback => callback;

        public void Dispose() => owner._subscriptions.AddOrUpdate(queue, [], (_, all) => all.Remove(this));
    }
}
