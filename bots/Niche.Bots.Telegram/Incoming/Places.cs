using System.Globalization;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram.Incoming;

/// <summary>People, chats and messages in the words of the core.</summary>
internal static class Places
{
    private const int MaxName = 64;

    /// <summary>A person.</summary>
    public static BotUser User(User user, ChannelKind kind)
    {
        string name = user.LastName is { Length: > 0 } last ? $"{user.FirstName} {last}" : user.FirstName ?? "";
        return new BotUser(Text(user.Id), name.Length <= MaxName ? name : name[..MaxName], user.LanguageCode, kind == ChannelKind.Private ? true : null, user.IsBot);
    }

    /// <summary>A chat, and the message there that answers are tied to.</summary>
    /// <param name="message">A message in the chat.</param>
    /// <param name="chat">The id by which the core knows the chat.</param>
    public static Place Of(Message message, long chat)
    {
        ChannelKind kind = message.Chat.Type == ChatType.Private ? ChannelKind.Private : ChannelKind.Group;
        return Chat(chat, kind) with
        {
            Thread = message.IsTopicMessage && message.MessageThreadId is { } thread ? Text(thread) : null,
            ReplyTo = message.Id > 0 ? Text(message.Id) : null,
        };
    }

    /// <summary>A chat.</summary>
    public static Place Chat(long chat, ChannelKind kind) => new()
    {
        Platform = TelegramPlatform.PlatformName, Channel = Text(chat), Kind = kind, Guild = kind == ChannelKind.Group ? Text(chat) : null,
    };

    /// <summary>Some chat that the bot does not see. The person is kept as the token: their private chat takes what cannot be shown there.</summary>
    public static Place Inline(User user) => new()
    {
        Platform = TelegramPlatform.PlatformName, Channel = "", Kind = ChannelKind.Inline, Token = Text(user.Id),
    };

    /// <summary>A message of a chat.</summary>
    public static MessageRef Ref(long chat, int message) => new(TelegramPlatform.PlatformName, Text(chat), Text(message));

    /// <summary>A message that an inline answer became.</summary>
    public static MessageRef InlineRef(string id, User user) => new(TelegramPlatform.PlatformName, "", id, Token: Text(user.Id));

    /// <summary>A number as it is kept.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
