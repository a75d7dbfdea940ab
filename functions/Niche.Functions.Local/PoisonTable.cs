using System.Globalization;
using Niche.Storage;
using Niche.Triggers.Queues;

namespace Niche.Functions.Local;

/// <summary>Keeps the reason of every poisoned message in table <c>poison</c>, a partition per queue: the queue itself holds the body only.</summary>
public sealed class PoisonTable(ITableStore tables) : IPoisonSink
{
    private const string Table = "poison";
    private readonly JsonTable<PoisonReason> _reasons = new(tables, Table);

    /// <inheritdoc/>
    public async ValueTask RecordAsync(PoisonedMessage message, CancellationToken cancellationToken) => await _reasons.UpsertAsync(
        message.Queue,
        message.Item.Id,
        new PoisonReason(message.Function, message.Reason, message.PoisonedOn, message.Item.DequeueCount.ToString(CultureInfo.InvariantCulture)),
        cancellationToken);
}
