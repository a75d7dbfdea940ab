using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Pictures;
using Niche.Storage;

namespace Niche.Bots.Handlers;

/// <summary><c>/upscale</c>: enlarges an own picture or a file.</summary>
public sealed class UpscaleHandler(OrderFinder finder, Enlargements enlargements) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Upscale;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        Order? order = await finder.FindAsync(visit, input, elseNewest: input.Picture is null, ct).ConfigureAwait(false);
        int index = (int)(input.Options.Whole("picture") ?? 1) - 1;
        if (order is not null && await finder.PictureAsync(order, index, ct).ConfigureAwait(false) is { } own)
            await enlargements.SendAsync(visit, order, index, own.Content, ct).ConfigureAwait(false);
        else if (input.Picture is { } file)
            await enlargements.SendAsync(visit, await visit.DownloadAsync(file, Enlarger.MaxBytes, ct).ConfigureAwait(false), ct).ConfigureAwait(false);
        else
            await visit.RefuseAsync(order is null ? "error.no-order" : "done.expired", ct).ConfigureAwait(false);
    }
}
