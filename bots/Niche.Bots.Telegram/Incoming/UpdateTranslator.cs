using Niche.Bots.Incoming;
using Niche.Bots.Telegram.Calls;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>Updates in the words of the core.</summary>
public sealed class UpdateTranslator(MessageReader messages, ChatMoves moves, TimeProvider time)
{
    /// <summary>Kinds of updates that are asked for; all others are not even sent.</summary>
    public static IReadOnlyList<UpdateType> Kinds { get; } =
        [UpdateType.Message, UpdateType.CallbackQuery, UpdateType.InlineQuery, UpdateType.ChosenInlineResult, UpdateType.MyChatMember];

    /// <summary>The event of an update; null when there is nothing to do. Edits of messages are nothing: what was answered stays answered.</summary>
    public async Task<BotEvent?> TranslateAsync(Update update, User me, CancellationToken ct)
    {
        string id = "u" + Places.Text(update.Id);
        return update switch
        {
            { Message.Chat: { } chat, Message: { } message } => messages.Read(
                IdOf(update, message), message, await moves.FirstOfAsync(chat.Id, ct).ConfigureAwait(false), me),
            { CallbackQuery: { From: not null, Data: { Length: > 0 } } press } => await PressAsync(id, press, ct).ConfigureAwait(false),
            { InlineQuery: { From: { } from, Query: { } query } } =>
                new InlineEvent { Id = id, User = Places.User(from, ChannelKind.Inline), Place = Places.Inline(from), At = time.GetUtcNow(), Query = query },
            { ChosenInlineResult: { From: { } from, InlineMessageId: { Length: > 0 } message, ResultId: { } result } chosen } => new InlineChosenEvent
            {
                Id = id, User = Places.User(from, ChannelKind.Inline), Place = Places.Inline(from), At = time.GetUtcNow(), AnswerId = result, Query = chosen.Query ?? "",
                Message = Places.InlineRef(message, from),
            },
            { MyChatMember: { From: { } from, Chat: { } chat, NewChatMember.Status: ChatMemberStatus.Kicked or ChatMemberStatus.Left } } => new DepartureEvent
            {
                Id = id, User = Places.User(from, KindOf(chat)), Place = Places.Chat(await moves.FirstOfAsync(chat.Id, ct).ConfigureAwait(false), KindOf(chat)),
                At = time.GetUtcNow(),
            },
            _ => null,
        };
    }

    private async Task<BotEvent?> PressAsync(string id, CallbackQuery press, CancellationToken ct)
    {
        if (press.InlineMessageId is { Length: > 0 } inline)
        {
            return new ButtonEvent
            {
                Id = id, User = Places.User(press.From, ChannelKind.Inline), Place = Places.Inline(press.From), At = time.GetUtcNow(), ButtonId = press.Data!,
                Message = Places.InlineRef(inline, press.From),
            };
        }

        if (press.Message is not { Chat: not null } message) return null;
        long chat = await moves.FirstOfAsync(message.Chat.Id, ct).ConfigureAwait(false);
        Place place = Places.Of(message, chat);
        return new ButtonEvent
        {
            Id = id, User = Places.User(press.From, place.Kind), Place = place, At = time.GetUtcNow(), ButtonId = press.Data!, Message = Places.Ref(chat, message.Id),
        };
    }

    // The pictures of an album come as one update each: they are one deed, and the first of them stands for all.
    private static string IdOf(Update update, Message message) =>
        message.MediaGroupId is { Length: > 0 and < 40 } album ? $"a{Places.Text(message.Chat.Id)}.{album}" : "u" + Places.Text(update.Id);

    private static ChannelKind KindOf(Chat chat) => chat.Type == ChatType.Private ? ChannelKind.Private : ChannelKind.Group;
}
