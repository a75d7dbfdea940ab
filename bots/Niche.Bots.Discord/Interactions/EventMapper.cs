using System.Globalization;
using Niche.Bots.Discord.Answers;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Interactions;

/// <summary>Interactions in the core's words.</summary>
internal static class EventMapper
{
    // Administrator, manage channels, manage server.
    private const ulong Manages = (1 << 3) | (1 << 4) | (1 << 5);
    private const long Epoch = 1_420_070_400_000;
    private const int MaxQuotedText = 4000;

    /// <summary>The event; null for what the core has no word for.</summary>
    public static BotEvent? ToEvent(DiscordInteraction interaction)
    {
        if (interaction is not { User: { } who, ChannelId: { } channel }) return null;
        string id = Ids.Write(interaction.Id);
        DateTimeOffset at = TimeOf(interaction.Id);
        BotUser user = new(Ids.Write(who.Id), who.Name, interaction.Locale, interaction.IsPrivate || (interaction.MemberPermissions & Manages) != 0, who.IsBot);
        Place place = PlaceOf(interaction, channel, at);
        return interaction switch
        {
            { Kind: InteractionKind.Command, Command: { Target: { } target } command } => new MessageCommandEvent
            {
                Id = id, User = user, Place = place with { ReplyTo = Ids.Write(target.Id) }, At = at, Name = command.Name, Target = Quote(target, interaction.ApplicationId),
            },
            { Kind: InteractionKind.Command, Command: { } command } => new CommandEvent
            {
                Id = id, User = user, Place = place, At = at, Name = command.Name, Options = OptionsOf(command), Attachments = FilesOf(command),
            },
            { Kind: InteractionKind.Autocomplete, Command: { } command } => command.Options.FirstOrDefault(option => option.Focused) is not { } typed ? null : new SuggestEvent
            {
                Id = id, User = user, Place = place, At = at, Command = command.Name, Option = typed.Name, Typed = TextOf(typed) ?? "",
            },
            { Kind: InteractionKind.Component, Press: { } press, Message: { } message } => new ButtonEvent
            {
                Id = id, User = user, Place = place, At = at, ButtonId = press.Values is [var chosen, ..] ? chosen : press.CustomId, Message = Refer(message, place),
            },
            { Kind: InteractionKind.Modal, Form: { } form } => new FormEvent
            {
                Id = id, User = user, Place = place, At = at, FormId = form.CustomId, Values = form.Fields,
                Message = interaction.Message is { } message ? Refer(message, place) : null,
            },
            _ => null,
        };
    }

    private static Place PlaceOf(DiscordInteraction interaction, ulong channel, DateTimeOffset at) => new()
    {
        Platform = DiscordPlatform.PlatformName,
        Channel = Ids.Write(interaction.ParentId ?? channel),
        Thread = interaction.ParentId is null ? null : Ids.Write(channel),
        Kind = interaction.IsPrivate ? ChannelKind.Private : ChannelKind.Group,
        Guild = interaction.GuildId is { } guild ? Ids.Write(guild) : null,
        AgeRestricted = interaction.ChannelIsNsfw,
        Token = new AnswerToken(interaction.ApplicationId, interaction.Token, false).ToString(),
        TokenUntil = at + AnswerToken.Life,
        MaxUploadBytes = interaction.AttachmentLimit,
    };

    private static MessageRef Refer(DiscordMessage message, Place place) => new(
        DiscordPlatform.PlatformName, place.Thread ?? place.Channel, Ids.Write(message.Id), null, place.Token, place.TokenUntil, message.IsEphemeral);

    private static QuotedMessage Quote(DiscordMessage message, ulong application) => new(
        Ids.Write(message.Id), message.AuthorId == application || message.ApplicationId == application,
        ViewRenderer.Limit(message.Text, MaxQuotedText), [.. message.Attachments.Take(10).Select(file => ToAttachment(file, null))]);

    private static Dictionary<string, string> OptionsOf(DiscordCommand command)
    {
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (DiscordOption option in command.Options)
        {
            if (TextOf(option) is { } text) options[option.Name] = text;
        }

        return options;
    }

    private static Attachment[] FilesOf(DiscordCommand command) =>
        [.. command.Options.Where(option => option.Attachment is not null).Select(option => ToAttachment(option.Attachment!, option.Name))];

    private static Attachment ToAttachment(DiscordAttachment file, string? option) =>
        new(file.Url, file.FileName, file.ContentType, file.Bytes > 0 ? file.Bytes : null, option);

    private static string? TextOf(DiscordOption option) => option switch
    {
        { Text: { } text } => text,
        // Whole numbers come up to 2^53: none of them is written with an exponent.
        { Number: { } number } when Math.Abs(number) <= 1L << 53 && number == Math.Truncate(number) => ((long)number).ToString(CultureInfo.InvariantCulture),
        { Number: { } number } => number.ToString("R", CultureInfo.InvariantCulture),
        { Flag: { } flag } => flag ? "true" : "false",
        _ => null,
    };

    // A snowflake begins with the milliseconds since 2015.
    private static DateTimeOffset TimeOf(ulong id) => DateTimeOffset.FromUnixTimeMilliseconds((long)(id >> 22) + Epoch);
}
