using System.Globalization;
using Niche.Storage;

namespace Niche.Bots.Telegram.Calls;

/// <summary>
/// Groups that became supergroups: Telegram gives them another id. The core keeps knowing a group by its first id, so that settings and orders stay
/// its own; this translates in both directions.
/// </summary>
public sealed class ChatMoves(ITableStore tables)
{
    private const string Table = "telegramchats", Current = "current", First = "first";

    // Ids of supergroups and channels begin below this; only basic groups move.
    private const long Supergroups = -1_000_000_000_000;

    private readonly JsonTable<ChatMove> _moves = new(tables, Table);

    /// <summary>Remembers a move.</summary>
    public async Task RememberAsync(long from, long to, CancellationToken ct)
    {
        await _moves.UpsertAsync(Key(from), Current, new ChatMove(to), ct).ConfigureAwait(false);
        await _moves.UpsertAsync(Key(to), First, new ChatMove(from), ct).ConfigureAwait(false);
    }

    /// <summary>The id that Telegram knows now.</summary>
    public async Task<long> CurrentOfAsync(long chat, CancellationToken ct) => chat is < 0 and > Supergroups
        ? (await _moves.GetAsync(Key(chat), Current, ct).ConfigureAwait(false))?.Chat ?? chat : chat;

    /// <summary>The id by which the core knows the chat.</summary>
    public async Task<long> FirstOfAsync(long chat, CancellationToken ct) => chat <= Supergroups
        ? (await _moves.GetAsync(Key(chat), First, ct).ConfigureAwait(false))?.Chat ?? chat : chat;

    private static string Key(long chat) => chat.ToString(CultureInfo.InvariantCulture);
}
