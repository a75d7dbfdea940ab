namespace Niche.Storage;

/// <summary>Gives messages of a poison queue another chance, for an operator who has removed the cause.</summary>
public sealed class QueueReplay(IQueueStore queues)
{
    /// <summary>What the name of a poison queue ends in: <c>QUEUE-poison</c>.</summary>
    public const string PoisonSuffix = "-poison";

    // Long enough for a slow put; if this process dies in between, the message comes back to the poison queue.
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Moves up to <paramref name="max"/> messages from <c>QUEUE-poison</c> to <paramref name="queue"/>. A message is put before it is deleted: a crash
    /// can double one, never lose one. Messages that arrive while it runs are not chased for ever: it stops at the number it found at the start.
    /// </summary>
    /// <returns>How many were moved.</returns>
    /// <exception cref="StorageException">InvalidName when <paramref name="queue"/> is itself a poison queue.</exception>
    public async Task<int> RunAsync(string queue, int max, CancellationToken ct)
    {
        StorageNames.CheckQueue(queue);
        ArgumentOutOfRangeException.ThrowIfNegative(max);
        if (queue.EndsWith(PoisonSuffix, StringComparison.Ordinal))
            throw new StorageException(StorageErrorCode.InvalidName, $"'{queue}' is a poison queue; name the queue that its messages came from.");

        var poison = queue + PoisonSuffix;
        var left = (int)Math.Min(max, await queues.CountAsync(poison, ct).ConfigureAwait(false));
        var moved = 0;
        while (left > moved)
        {
            var items = await queues.ReceiveAsync(poison, Math.Min(left - moved, IQueueStore.MaxBatch), s_lease, ct).ConfigureAwait(false);
            if (items.Count == 0)
                break;
            foreach (var item in items)
            {
                await queues.PutAsync(queue, item.Body, null, null, ct).ConfigureAwait(false);
                await queues.DeleteAsync(poison, item.Id, item.PopReceipt, ct).ConfigureAwait(false);
                moved++;
            }
        }

        return moved;
    }
}
