using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Ports;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary><c>/cancel</c>: calls off an order, or all that are open. Finished pictures are kept.</summary>
public sealed class CancelHandler(OrderFinder finder, OrderStore orders, OrderBoard board, IPainting painting) : ICommandHandler
{
    private const int MaxLooked = 40;

    /// <inheritdoc/>
    public string Name => CommandNames.Cancel;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        int called = 0;
        if (input.Options.Text("id") is not null || input.Quoted is not null)
        {
            Order? order = await finder.FindAsync(visit, input, elseNewest: false, ct).ConfigureAwait(false);
            if (order is null || !OrderFinder.Owns(visit, order))
            {
                await visit.RefuseAsync(order is null ? "error.no-order" : "error.not-yours", ct).ConfigureAwait(false);
                return;
            }

            called += await CancelAsync(order, ct).ConfigureAwait(false) ? 1 : 0;
        }
        else
        {
            int looked = 0;
            await foreach (Order order in orders.HistoryAsync(visit.Account, ct).ConfigureAwait(false))
            {
                if (++looked > MaxLooked) break;
                if (!order.Closed && await CancelAsync(order, ct).ConfigureAwait(false)) called++;
            }
        }

        await visit.SayAsync(called > 0 ? Tone.Good : Tone.Neutral, visit.Words.Say(called > 0 ? "cancel.done" : "cancel.nothing", Filling.Of("n", called)), ct).ConfigureAwait(false);
    }

    /// <summary>Calls an order off and shows it.</summary>
    /// <returns>True when something was still open.</returns>
    public async Task<bool> CancelAsync(Order order, CancellationToken ct)
    {
        JobSnapshot? job = await painting.CancelAsync(order.JobId, ct).ConfigureAwait(false);
        await board.ShowAsync(order.JobId, ct).ConfigureAwait(false);
        if (order.Waits) await board.ShowPlaceAsync(order, ct).ConfigureAwait(false);
        return job is { CancelRequested: true };
    }
}
