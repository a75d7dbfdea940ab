using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;

namespace Niche.Bots.Handlers;

/// <summary><c>/vary</c>: a relative of a picture.</summary>
public sealed class VaryHandler(OrderFinder finder, Relatives relatives) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Vary;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        if (await finder.FindAsync(visit, input, elseNewest: true, ct).ConfigureAwait(false) is { } order)
            await relatives.VaryAsync(visit, order, (int)(input.Options.Whole("picture") ?? 1) - 1, ct).ConfigureAwait(false);
        else
            await visit.RefuseAsync("error.no-order", ct).ConfigureAwait(false);
    }
}
