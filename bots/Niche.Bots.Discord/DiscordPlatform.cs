using Microsoft.Extensions.Logging;
using Niche.Bots.Commands;
using Niche.Bots.Discord.Answers;
using Niche.Bots.Discord.Commands;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage;

namespace Niche.Bots.Discord;

/// <summary>Discord for the core.</summary>
public sealed class DiscordPlatform(
    DiscordRest rest, IBlobStore blobs, AttachmentFetcher fetcher, CommandRegistry registry, TimeProvider time, ILogger<DiscordPlatform> log) : IChatPlatform
{
    /// <summary>Name of the platform.</summary>
    public const string PlatformName = "discord";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly MessageSender _sender = new(rest, new MessageBody(blobs), time, log);
    private readonly MessageKeeper _keeper = new(rest, new MessageBody(blobs), time);

    /// <inheritdoc/>
    public string Name => PlatformName;

    /// <inheritdoc/>
    public PlatformLimits Limits { get; } = new()
    {
        MaxText = 4000,
        MaxCaption = 4000,
        MaxPictureBytes = 10 * 1024 * 1024,
        MaxRows = 5,
        MaxButtonsPerRow = 5,
        EditEvery = TimeSpan.FromSeconds(1.5),
        EditEveryInGroup = TimeSpan.FromSeconds(1.5),
        Forms = true,
        PrivateMessages = true,
        Albums = false,
        MessageCommands = true,
    };

    /// <inheritdoc/>
    public Task<MessageRef> SendAsync(Place place, View view, bool isFirst, CancellationToken ct) =>
        _sender.SendAsync(place, view, isFirst, place.MaxUploadBytes ?? Limits.MaxPictureBytes, ct);

    /// <inheritdoc/>
    public Task<MessageRef> SendDirectAsync(string userId, View view, string key, CancellationToken ct) =>
        _sender.SendDirectAsync(Ids.Read(userId), view, key, Limits.MaxPictureBytes, ct);

    /// <inheritdoc/>
    public async Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct)
    {
        await _keeper.EditAsync(message, view, message.MaxUploadBytes ?? Limits.MaxPictureBytes, ct).ConfigureAwait(false);
        return message;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(MessageRef message, CancellationToken ct) => _keeper.DeleteAsync(message, ct);

    /// <inheritdoc/>
    public async Task ShowBusyAsync(Place place, bool picture, CancellationToken ct)
    {
        // A deferred answer shows by itself that somebody is at work.
        if (AnswerToken.Read(place.Token, place.TokenUntil, time.GetUtcNow()) is not null) return;
        DiscordAnswer answer = await rest.SendAsync(DiscordRoute.Typing(Ids.ChannelOf(place)), null, Patience, ct).ConfigureAwait(false);
        if (!answer.IsSuccess) throw answer.Error.ToException();
    }

    /// <inheritdoc/>
    public ILiveText? OpenLiveText(Place place) => null;

    /// <inheritdoc/>
    public Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment attachment, int maxBytes, CancellationToken ct) => fetcher.FetchAsync(attachment, maxBytes, ct);

    /// <summary>Every interaction says it of its user by itself; beyond that only private chats belong to whoever is in them.</summary>
    public Task<bool> ManagesAsync(Place place, string userId, CancellationToken ct) => Task.FromResult(place.Kind == ChannelKind.Private);

    /// <inheritdoc/>
    public Task RegisterAsync(CommandBook commands, CancellationToken ct) => registry.RegisterAsync(commands, ct);
}
