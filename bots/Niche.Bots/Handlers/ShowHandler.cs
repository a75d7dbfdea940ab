using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary><c>/show</c>: brings an order to where the person is; without an id, their newest.</summary>
public sealed class ShowHandler(OrderFinder finder, OrderRenderer renderer, OrderStore orders, OrderViews views, JobStore jobs) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Show;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        if (await finder.FindAsync(visit, input, elseNewest: true, ct).ConfigureAwait(false) is { } order) await SendAsync(visit, order, ct).ConfigureAwait(false);
        else await visit.RefuseAsync("error.no-order", ct).ConfigureAwait(false);
    }

    /// <summary>Sends an order as it is now, in the language and for the platform of whoever asks.</summary>
    public async Task SendAsync(Visit visit, Order order, CancellationToken ct)
    {
        Order here = order with { Place = visit.Place, Language = visit.Words.Language.Tag };
        JobSnapshot? job = await jobs.GetAsync(order.JobId, ct).ConfigureAwait(false);
        View view = job is null
            ? await views.EmptyAsync(here, visit.Words.Say("done.expired"), again: false, ct).ConfigureAwait(false)
            : await renderer.RenderAsync(here, job, visit.Platform.Limits, ct).ConfigureAwait(false);
        MessageRef sent = await visit.AnswerAsync(view, ct).ConfigureAwait(false);
        await orders.MarkAsync(sent, order.JobId, ct).ConfigureAwait(false);
    }
}
