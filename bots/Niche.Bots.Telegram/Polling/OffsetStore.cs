using Niche.Storage;
using Telegram.Bot;

namespace Niche.Bots.Telegram.Polling;

/// <summary>
/// Keeps the offset over restarts, one for each bot. After days without an update it is forgotten: Telegram keeps updates for one day only, and after a
/// week of silence begins to number them anew, perhaps below the old offset.
/// </summary>
public sealed class OffsetStore(ITableStore tables, ITelegramBotClient client, TimeProvider time)
{
    private const string Table = "telegramoffsets", Row = "offset";
    private static readonly TimeSpan Forgotten = TimeSpan.FromDays(3);
    private readonly JsonTable<PollingOffset> _offsets = new(tables, Table);
    private readonly string _bot = FormattableString.Invariant($"{client.BotId}");

    /// <summary>The first update that was not taken in; null when it does not matter.</summary>
    public async Task<int?> ReadAsync(CancellationToken ct) =>
        await _offsets.GetAsync(_bot, Row, ct).ConfigureAwait(false) is { } offset && offset.At > time.GetUtcNow() - Forgotten ? offset.Next : null;

    /// <summary>Everything before this update was taken in.</summary>
    public Task WriteAsync(int next, CancellationToken ct) => _offsets.UpsertAsync(_bot, Row, new PollingOffset(next, time.GetUtcNow()), ct);
}
