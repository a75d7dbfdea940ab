using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;

namespace Niche.Bots.Handlers;

/// <summary><c>/vary</c>: a relative of a picture that was painted here: by id, by its message, by its file, or the newest.</summary>
public sealed class VaryHandler(OrderFinder finder, Relatives relatives) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Vary;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        bool points = input.Picture is not null || input.Quoted is not null;
        int index = (int)(input.Options.Whole("picture") ?? 1) - 1;
        if (await finder.FindAsync(visit, input, elseNewest: !points, ct).ConfigureAwait(false) is { } order)
            await relatives.VaryAsync(visit, order, index, ct).ConfigureAwait(false);
        else if (input.Picture is { } file && await finder.FindByFileAsync(visit, file, ct).ConfigureAwait(false) is { } found)
            await relatives.VaryAsync(visit, found.Order, found.Index, ct).ConfigureAwait(false);
        else
            // Somebody else's picture has no seed to keep; painting from it needs words.
            await visit.RefuseAsync(input.Picture is null ? "error.no-order" : "imagine.how-input", ct).ConfigureAwait(false);
    }
}
