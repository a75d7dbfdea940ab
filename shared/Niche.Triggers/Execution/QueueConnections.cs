using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Queues;

namespace Niche.Triggers.Execution;

/// <summary>From a connection's name to its queues: the <see cref="IQueueTransport"/> registered with that name as key, else the one
/// registered without.</summary>
internal sealed class QueueConnections(IServiceProvider services)
{
    private readonly ConcurrentDictionary<string, IQueueTransport> _transports = new(StringComparer.OrdinalIgnoreCase);

    public IQueueTransport For(string connection) =>
        _transports.GetOrAdd(connection, static (name, s) =>
            s.GetKeyedService<IQueueTransport>(name) ?? s.GetRequiredService<IQueueTransport>(), services);
}
