using System.Runtime.CompilerServices;
using Niche.Bots.Accounts;
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

    /// <summary>Orders of an account, newest first; after one of them those that are older.</summary>
    public IAsyncEnumerable<Order> HistoryAsync(Account account, CancellationToken ct, Order? after = null) => ReadAsync(_history, account, after, ct);

    /// <summary>Favourites of an account, newest first.</summary>
    public IAsyncEnumerable<Order> FavoritesAsync(Account account, CancellationToken ct) => ReadAsync(_favorites, account, null, ct);

    /// <summary>True when an order is among the favourites of an account.</summary>
    public async Task<bool> IsFavoriteAsync(Account account, Order order, CancellationToken ct)
    {
        foreach (string home in account.Homes)
        {
            if (await _favorites.GetAsync(home, Keys.NewestFirst(order.At, order.JobId), ct).ConfigureAwait(false) is not null) return true;
        }

        return false;
    }

    /// <summary>Puts an order among the favourites of an account, or takes it off.</summary>
    /// <returns>True when it is one now.</returns>
    public async Task<bool> ToggleFavoriteAsync(Account account, string home, Order order, CancellationToken ct)
    {
        string row = Keys.NewestFirst(order.At, order.JobId);
        bool was = false;
        foreach (string other in account.Homes) was |= await _favorites.DeleteAsync(other, row, ct).ConfigureAwait(false);
        if (!was) await _favorites.UpsertAsync(home, row, new OrderMark(order.JobId), ct).ConfigureAwait(false);
        return !was;
    }

    // Each member has a list of their own, sorted alike: the account's is what they give together.
    private async IAsyncEnumerable<Order> ReadAsync(JsonTable<OrderMark> table, Account account, Order? after, [EnumeratorCancellation] CancellationToken ct)
    {
        string? last = after is null ? null : Keys.NewestFirst(after.At, after.JobId);
        List<IAsyncEnumerator<KeyValuePair<string, OrderMark>>> lists = [];
        try
        {
            foreach (string home in account.Homes)
            {
                IAsyncEnumerator<KeyValuePair<string, OrderMark>> list = table.QueryAsync(home, last, null, null, ct).GetAsyncEnumerator(ct);
                lists.Add(list);
                if (!await list.MoveNextAsync().ConfigureAwait(false)) await DropAsync(lists, list).ConfigureAwait(false);
            }

            while (lists.Count > 0)
            {
                IAsyncEnumerator<KeyValuePair<string, OrderMark>> next = lists.MinBy(list => list.Current.Key, StringComparer.Ordinal)!;
                (string row, OrderMark mark) = next.Current;
                if (!await next.MoveNextAsync().ConfigureAwait(false)) await DropAsync(lists, next).ConfigureAwait(false);
                if (row == last) continue;
                last = row;
                if (await GetAsync(mark.JobId, ct).ConfigureAwait(false) is { } order) yield return order;
            }
        }
        finally
        {
            foreach (IAsyncEnumerator<KeyValuePair<string, OrderMark>> list in lists) await list.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ValueTask DropAsync(List<IAsyncEnumerator<KeyValuePair<string, OrderMark>>> lists, IAsyncEnumerator<KeyValuePair<string, OrderMark>> list)
    {
        lists.Remove(list);
        return list.DisposeAsync();
    }
}
