using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal;

/// <summary>What terminals have to show, by session and in order.</summary>
public sealed class TerminalStore(ITableStore tables, TimeProvider time)
{
    private const int MaxPage = 50;
    private readonly JsonTable<TerminalNews> _news = new(tables, BotNames.Terminal);

    /// <summary>Adds news.</summary>
    public Task AddAsync(string session, string kind, string message, Outgoing.View? view, CancellationToken ct)
    {
        string row = TimeOrderedId.Create(time.GetUtcNow());
        return _news.UpsertAsync(session, row, new TerminalNews(row, kind, message, view), ct);
    }

    /// <summary>One piece of news; null when there is none.</summary>
    public Task<TerminalNews?> GetAsync(string session, string row, CancellationToken ct) => _news.GetAsync(session, row, ct);

    /// <summary>News after a row, oldest first. What holds a secret is handed out once.</summary>
    public async Task<IReadOnlyList<TerminalNews>> ReadAsync(string session, string? after, CancellationToken ct)
    {
        List<TerminalNews> page = [];
        // The row itself is read along and left out: keys have no successor that is easier to name.
        await foreach ((string row, TerminalNews news) in _news.QueryAsync(session, after, null, MaxPage + 1, ct).ConfigureAwait(false))
        {
            if (row == after) continue;
            page.Add(news);
            if (news.View is { HoldsSecret: true }) await _news.DeleteAsync(session, row, ct).ConfigureAwait(false);
        }

        return page;
    }
}
