using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary>Which order a person means: by id, by the message they point to, or their newest. Private orders are found by their owner only.</summary>
public sealed class OrderFinder(OrderStore orders, IBlobStore blobs)
{
    /// <summary>Finds an order; null when there is none that the person may see.</summary>
    public async Task<Order?> FindAsync(Visit visit, CommandInput input, bool elseNewest, CancellationToken ct)
    {
        if (input.Options.Text("id") is { } id) return Visible(visit, await orders.GetAsync(id.TrimStart('#').ToLowerInvariant(), ct).ConfigureAwait(false));
        if (input.Quoted is { } quoted)
        {
            Order? shown = await orders.FindByMessageAsync(visit.Place.Platform, visit.Place.Channel, quoted.Id, ct).ConfigureAwait(false);
            if (shown is not null || !elseNewest) return Visible(visit, shown);
        }

        if (!elseNewest) return null;
        await foreach (Order order in orders.HistoryAsync(visit.Person.AccountId, ct).ConfigureAwait(false)) return order;
        return null;
    }

    /// <summary>True when the order is the person's, on whatever platform they ordered it.</summary>
    public static bool Owns(Visit visit, Order order) => order.AccountId == visit.Person.AccountId || order.Owner == visit.PersonKey;

    /// <summary>A picture of an order; null when it is not there any more.</summary>
    public async Task<Blob?> PictureAsync(Order order, int index, CancellationToken ct) =>
        await blobs.GetAsync(WorkNames.Images, $"{order.JobId}/{index}.png", ct).ConfigureAwait(false);

    private static Order? Visible(Visit visit, Order? order) => order is null || (order.Private && !Owns(visit, order)) ? null : order;
}
