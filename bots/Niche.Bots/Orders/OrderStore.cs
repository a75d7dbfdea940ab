using System.Runtime.CompilerServices;
using Niche.Bots.Outgoing;
using Niche.Bots.Storage;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>Orders by job id, by message, and by account newest first.</summary>
public sealed class OrderStore(ITableStore tables)
{
    private const string Row = "order";
    private const int MaxMoved = 2000;
    private readonly JsonTable<Order> _orders = new(tables, BotNames.Orders);
    private readonly JsonTable<OrderMark> _messages = new(tables, BotNames.Messages), _history = new(tables, BotNames.History),
        _favorites = new(tables, BotNames.Favorites);

    /// <summary>Reads an order; null when there is none.</summary>
    public async Task<Order?> GetAsync(string jobId, CancellationToken ct) =>
        TimeOrderedId.IsValid(jobId) ? await _orders.GetAsync(jobId, Row, ct).ConfigureAwait(false) : null;

    /// <summary>Adds an order; one that is there already stays as it is.</summary>
    public async Task<Order> AddAsync(Order order, CancellationToken ct)
    {
        // The row decides: an order placed twice, by a process and its successor, has the time of the first in the history as well.
        Order kept = (await _orders.UpdateAsync(order.JobId, Row, before => before is null ? order : null, ct).ConfigureAwait(false))!;
        await _history.UpsertAsync(kept.AccountId, Keys.NewestFirst(kept.At, kept.JobId), new OrderMark(kept.JobId), ct).ConfigureAwait(false);
        return kept;
    }

    /// <summary>Changes an order; null from <paramref name="change"/> leaves it as it is.</summary>
    public Task<Order?> ChangeAsync(string jobId, Func<Order, Order?> change, CancellationToken ct) =>
        _orders.UpdateAsync(jobId, Row, before => before is null ? null : change(before), ct);

    /// <summary>Remembers which order a message shows.</summary>
    public async Task MarkAsync(MessageRef message, string jobId, CancellationToken ct)
    {
        foreach (string id in (string[])[message.Message, .. message.Also ?? []])
            await _messages.UpsertAsync(Keys.Of(message.Platform, message.Channel), Keys.Of(id), new OrderMark(jobId), ct).ConfigureAwait(false);
    }

    /// <summary>The order that a message shows; null when it shows none.</summary>
    public async Task<Order?> FindByMessageAsync(string platform, string channel, string message, CancellationToken ct)
    {
        OrderMark? mark = await _messages.GetAsync(Keys.Of(platform, channel), Keys.Of(message), ct).ConfigureAwait(false);
        return mark is null ? null : await GetAsync(mark.JobId, ct).ConfigureAwait(false);
    }

    /// <summary>Orders of an account, newest first.</summary>
    public IAsyncEnumerable<Order> HistoryAsync(string accountId, CancellationToken ct) => ReadAsync(_history, accountId, ct);

    /// <summary>Favourites of an account, newest first.</summary>
    public IAsyncEnumerable<Order> FavoritesAsync(string accountId, CancellationToken ct) => ReadAsync(_favorites, accountId, ct);

    /// <summary>Puts an order among the favourites of an account, or takes it off.</summary>
    /// <returns>True when it is one now.</returns>
    public async Task<bool> ToggleFavoriteAsync(string accountId, Order order, CancellationToken ct)
    {
        string row = Keys.NewestFirst(order.At, order.JobId);
        if (await _favorites.DeleteAsync(accountId, row, ct).ConfigureAwait(false)) return false;
        await _favorites.UpsertAsync(accountId, row, new OrderMark(order.JobId), ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Gives one account what another has, when two accounts become one.</summary>
    public async Task CopyAsync(string from, string to, CancellationToken ct)
    {
        foreach (JsonTable<OrderMark> table in (JsonTable<OrderMark>[])[_history, _favorites])
        {
            List<KeyValuePair<string, OrderMark>> rows = [];
            await foreach (KeyValuePair<string, OrderMark> row in table.QueryAsync(from, null, null, MaxMoved, ct).ConfigureAwait(false)) rows.Add(row);
            foreach ((string key, OrderMark mark) in rows) await table.UpsertAsync(to, key, mark, ct).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<Order> ReadAsync(JsonTable<OrderMark> table, string accountId, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach ((_, OrderMark mark) in table.QueryAsync(accountId, null, null, null, ct).ConfigureAwait(false))
        {
            if (await GetAsync(mark.JobId, ct).ConfigureAwait(false) is { } order) yield return order;
        }
    }
}
