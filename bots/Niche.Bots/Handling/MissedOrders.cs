using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Niche.Bots.Buttons;
using Niche.Bots.Handlers;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.People;
using Niche.Bots.Platforms;

namespace Niche.Bots.Handling;

/// <summary>Tells a person who comes by what was finished for them and could not be brought.</summary>
public sealed class MissedOrders(OrderStore orders, OrderList list, PersonStore people, ILogger<MissedOrders> log)
{
    /// <summary>Tells, where nobody else reads it; what was told is not told again.</summary>
    public async Task TellAsync(Visit visit, CancellationToken ct)
    {
        IReadOnlyList<string> unseen = visit.Person.Unseen;
        bool alone = visit.Place.Kind == ChannelKind.Private || visit.Platform.Limits.PrivateMessages;
        if (unseen.Count == 0 || !alone || visit.Happened is not (CommandEvent or MessageCommandEvent or ButtonEvent or FormEvent)) return;
        try
        {
            View view = await list.PageAsync(visit, FindAsync(unseen, ct), ButtonAction.History, 0, "late.title", ct).ConfigureAwait(false);
            await visit.AnswerAsync(view, ct).ConfigureAwait(false);
            await people.ChangeAsync(visit.Place.Platform, visit.Happened.User.Id, before => before with { Unseen = [.. before.Unseen.Except(unseen)] }, ct).ConfigureAwait(false);
        }
        catch (PlatformException e)
        {
            // The visit itself is answered; this is told at the next one.
            log.LogInformation("What was missed could not be told on {Platform}: {Fault}", visit.Platform.Name, e.Fault);
        }
    }

    private async IAsyncEnumerable<Order> FindAsync(IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (string id in ids.Reverse())
        {
            if (await orders.GetAsync(id, ct).ConfigureAwait(false) is { } order) yield return order;
        }
    }
}
