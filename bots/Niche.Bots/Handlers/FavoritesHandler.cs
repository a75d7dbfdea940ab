using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Handlers;

/// <summary><c>/favorites</c>: orders that the person keeps.</summary>
public sealed class FavoritesHandler(OrderStore orders, OrderList list) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Favorites;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct) =>
        await visit.AnswerAsync(await PageAsync(visit, 0, ct).ConfigureAwait(false), ct).ConfigureAwait(false);

    /// <summary>One page.</summary>
    public Task<View> PageAsync(Visit visit, int page, CancellationToken ct) =>
        list.PageAsync(visit, orders.FavoritesAsync(visit.Account, ct), ButtonAction.Favorites, page, "favorites.title", ct);
}
