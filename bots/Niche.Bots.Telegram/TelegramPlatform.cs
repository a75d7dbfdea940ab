using System.Globalization;
using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Outgoing;
using Niche.Bots.Telegram.Registration;
using Telegram.Bot;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;

namespace Niche.Bots.Telegram;

/// <summary>Telegram as the core sees it. Limits are those of the Bot API, 10.1.</summary>
public sealed class TelegramPlatform(
    TelegramCalls calls, MessageSender sender, MessageEditor editor, InlineEditor inline, FileFetcher files, BotRegistration registration) : IChatPlatform
{
    /// <summary>The name in places, references and jobs.</summary>
    public const string PlatformName = "telegram";

    internal const int MaxText = 4096, MaxCaption = 1024;

    /// <inheritdoc/>
    public string Name => PlatformName;

    /// <inheritdoc/>
    public PlatformLimits Limits { get; } = new()
    {
        MaxText = MaxText, MaxCaption = MaxCaption, MaxPictureBytes = 10_000_000, MaxRows = 12, MaxButtonsPerRow = 8, EditEvery = TimeSpan.FromSeconds(2),
        // A group takes 20 messages a minute from all of us together: as often as the pacer lets progress through, in one message for all orders.
        EditEveryInGroup = TimeSpan.FromSeconds(4.1), SharesProgress = true, Forms = false, PrivateMessages = false, Albums = true, MessageCommands = false,
    };

    /// <inheritdoc/>
    public Task<MessageRef> SendAsync(Place place, View view, bool isFirst, CancellationToken ct) => sender.SendAsync(place, view, ct);

    /// <inheritdoc/>
    /// <remarks>The private chat of a person has their id. Telegram knows no keys: who dies between sending and writing that down sends again.</remarks>
    public Task<MessageRef> SendDirectAsync(string userId, View view, string key, CancellationToken ct) =>
        sender.SendAsync(new Place { Platform = PlatformName, Channel = userId, Kind = ChannelKind.Private }, view, ct);

    /// <inheritdoc/>
    public Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct) =>
        message.Channel.Length == 0 ? inline.EditAsync(message, view, ct) : editor.EditAsync(message, view, ct);

    /// <inheritdoc/>
    public Task DeleteAsync(MessageRef message, CancellationToken ct) =>
        message.Channel.Length == 0 ? inline.DeleteAsync(message, ct) : editor.DeleteAsync(message, ct);

    /// <inheritdoc/>
    public async Task ShowBusyAsync(Place place, bool picture, CancellationToken ct)
    {
        if (Number(place.Channel) is not { } chat) return;
        try
        {
            await calls.SayAsync(chat, (bot, current, token) => bot.SendChatAction(
                current, picture ? ChatAction.UploadPhoto : ChatAction.Typing, (int?)Number(place.Thread), cancellationToken: token), ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e.Fault is PlatformFault.Busy or PlatformFault.Unavailable or PlatformFault.Refused)
        {
            // A sign that is not seen is missed by nobody; what is gone or forbidden is told.
            return;
        }
    }

    /// <inheritdoc/>
    public ILiveText? OpenLiveText(Place place) => place.Kind == ChannelKind.Private && Number(place.Channel) is { } chat
        ? new DraftText(calls, chat, (int?)Number(place.Thread), (int)(Number(place.ReplyTo) ?? 1)) : null;

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment attachment, int maxBytes, CancellationToken ct) => files.FetchAsync(attachment, maxBytes, ct);

    /// <inheritdoc/>
    public async Task<bool> ManagesAsync(Place place, string userId, CancellationToken ct)
    {
        if (place.Kind == ChannelKind.Private) return true;
        if (Number(place.Channel) is not { } chat || Number(userId) is not { } user) return false;
        ChatMember member = await calls.AskAsync(chat, (bot, current, token) => bot.GetChatMember(current, user, token), ct).ConfigureAwait(false);
        return member.Status is ChatMemberStatus.Creator or ChatMemberStatus.Administrator;
    }

    /// <inheritdoc/>
    public Task RegisterAsync(CommandBook commands, CancellationToken ct) => registration.RegisterAsync(commands, ct);

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
