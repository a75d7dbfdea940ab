using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>
/// Finds out whether a message concerns the bot, and what it says. In private everything does; in groups a command, a mention, or an answer to the bot.
/// </summary>
/// <param name="book">The commands: in groups an unknown one without the bot's name is somebody else's.</param>
public sealed class MessageReader(CommandBook book)
{
    private const int MaxText = 6000, MaxQuoted = 1000;

    /// <summary>The event of a message; null when it is none of the bot's business.</summary>
    /// <param name="id">Id of the event.</param>
    /// <param name="message">The message.</param>
    /// <param name="chat">The id by which the core knows the chat.</param>
    /// <param name="me">The bot.</param>
    public BotEvent? Read(string id, Message message, long chat, User me)
    {
        if (message is not { From: { IsBot: false } from, Chat.Type: ChatType.Private or ChatType.Group or ChatType.Supergroup } || message.ViaBot?.Id == me.Id) return null;
        string text = message.Text ?? message.Caption ?? "";
        MessageEntity[] entities = [.. (message.Entities ?? message.CaptionEntities ?? []).Where(entity => Fits(entity, text))];
        IReadOnlyList<Attachment> files = MessageFiles.Of(message);
        if (text.Length == 0 && files.Count == 0) return null;
        Place place = Places.Of(message, chat);
        BotUser user = Places.User(from, place.Kind);
        DateTimeOffset at = new(DateTime.SpecifyKind(message.Date, DateTimeKind.Utc));
        QuotedMessage? quoted = Quoted(message, me);
        if (entities.FirstOrDefault(entity => entity is { Type: MessageEntityType.BotCommand, Offset: 0 }) is { } command)
        {
            string[] name = text[1..command.Length].Split('@', 2);
            bool ours = name.Length == 2 ? IsMe(name[1], me) : place.Kind == ChannelKind.Private || book.Find(name[0]) is not null;
            return !ours ? null : new CommandEvent
            {
                Id = id, User = user, Place = place, At = at, Name = name[0], Text = Cut(text[command.Length..].Trim(), MaxText), Attachments = files, Quoted = quoted,
            };
        }

        MessageEntity? mention = Array.Find(entities, entity => IsMention(entity, text, me));
        if (place.Kind != ChannelKind.Private && mention is null && quoted?.ByBot != true) return null;
        if (mention is not null) text = string.Concat(text.AsSpan(0, mention.Offset), text.AsSpan(mention.Offset + mention.Length));
        return new TextEvent { Id = id, User = user, Place = place, At = at, Text = Cut(text.Trim(), MaxText), Attachments = files, Quoted = quoted };
    }

    private static QuotedMessage? Quoted(Message message, User me)
    {
        // In forums every message answers the one that opened its topic.
        if (message.ReplyToMessage is not { } other || (message.IsTopicMessage && other.Id == message.MessageThreadId)) return null;
        return new QuotedMessage(Places.Text(other.Id), other.From?.Id == me.Id, Cut(other.Text ?? other.Caption ?? "", MaxQuoted), MessageFiles.Of(other));
    }

    private static bool IsMention(MessageEntity entity, string text, User me) => entity.Type switch
    {
        MessageEntityType.Mention => IsMe(text[(entity.Offset + 1)..(entity.Offset + entity.Length)], me),
        MessageEntityType.TextMention => entity.User?.Id == me.Id,
        _ => false,
    };

    private static bool IsMe(string name, User me) => name.Equals(me.Username, StringComparison.OrdinalIgnoreCase);

    private static bool Fits(MessageEntity entity, string text) =>
        entity is { Offset: >= 0, Length: > 0 } && entity.Length <= text.Length && entity.Offset <= text.Length - entity.Length;

    private static string Cut(string text, int max) => text.Length <= max ? text : text[..max];
}
