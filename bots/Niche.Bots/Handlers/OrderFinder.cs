using System.Security.Cryptography;
using Niche.Bots.Handling;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Pictures;
using Niche.Bots.Ports;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary>Which order a person means: by id, by the message they point to, or their newest. Private orders are found by their owner only.</summary>
public sealed class OrderFinder(OrderStore orders, IReceiptBook receipts, IBlobStore blobs)
{
    /// <summary>Finds an order; null when there is none that the person may see.</summary>
    public async Task<Order?> FindAsync(Visit visit, CommandInput input, bool elseNewest, CancellationToken ct)
    {
        if (input.Options.Text("id") is { } id) return Known(visit, await orders.GetAsync(id.TrimStart('#').ToLowerInvariant(), ct).ConfigureAwait(false));
        if (input.Quoted is { } quoted)
        {
            Order? shown = await orders.FindByMessageAsync(visit.Place.Platform, visit.Place.Channel, quoted.Id, ct).ConfigureAwait(false);
            if (shown is not null || !elseNewest) return Visible(visit, shown);
        }

        if (!elseNewest) return null;
        await foreach (Order order in orders.HistoryAsync(visit.Account, ct).ConfigureAwait(false)) return order;
        return null;
    }

    /// <summary>Finds the order that a file was delivered for, byte for byte, and which of its pictures it is; null when there is none that the person may see.</summary>
    public async Task<(Order Order, int Index)?> FindByFileAsync(Visit visit, Attachment file, CancellationToken ct)
    {
        if (file.Recompressed) return null;
        ReadOnlyMemory<byte> bytes = await visit.DownloadAsync(file, Enlarger.MaxBytes, ct).ConfigureAwait(false);
        string digest = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        if (await receipts.FindByContentAsync(digest, ct).ConfigureAwait(false) is not { Receipt: var receipt }) return null;
        if (Visible(visit, await orders.GetAsync(receipt.JobId, ct).ConfigureAwait(false)) is not { } order) return null;
        return (order, Math.Max(0, order.Request.Seeds.ToList().IndexOf(receipt.Seed)));
    }

    /// <summary>True when the order is the person's, on whatever platform they ordered it.</summary>
    public static bool Owns(Visit visit, Order order) => visit.Account.Owns(order);

    /// <summary>A picture of an order; null when it is not there any more.</summary>
    public async Task<Blob?> PictureAsync(Order order, int index, CancellationToken ct) =>
        await blobs.GetAsync(WorkNames.Images, $"{order.JobId}/{index}.png", ct).ConfigureAwait(false);

    // An id alone shows nothing that was never shown before others.
    private static Order? Known(Visit visit, Order? order) => order is { OwnerOnly: true } && !Owns(visit, order) ? null : order;

    private static Order? Visible(Visit visit, Order? order) => order is null || (order.Private && !Owns(visit, order)) ? null : order;
}
