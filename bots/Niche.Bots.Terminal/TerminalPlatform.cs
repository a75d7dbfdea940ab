using Niche.Bots.Commands;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal;

/// <summary>The terminal as a platform: every view becomes a row that the terminal fetches.</summary>
public sealed class TerminalPlatform(TerminalStore store, IBlobStore blobs, TimeProvider time) : IChatPlatform
{
    /// <summary>Its name.</summary>
    public const string PlatformName = "terminal";

    private const int MaxText = 100_000;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    public string Name => PlatformName;

    /// <inheritdoc/>
    public PlatformLimits Limits { get; } = new()
    {
        MaxText = MaxText, MaxCaption = MaxText, MaxPictureBytes = IBlobStore.MaxBytes, MaxRows = 5, MaxButtonsPerRow = 5, EditEvery = Pace, EditEveryInGroup = Pace,
        Forms = false, PrivateMessages = true, Albums = false, MessageCommands = false,
    };

    /// <inheritdoc/>
    public async Task<MessageRef> SendAsync(Place place, View view, bool isFirst, CancellationToken ct)
    {
        string message = TimeOrderedId.Create(time.GetUtcNow());
        await store.AddAsync(place.Channel, "sent", message, view, ct).ConfigureAwait(false);
        return new MessageRef(PlatformName, place.Channel, message);
    }

    /// <inheritdoc/>
    public async Task<MessageRef> EditAsync(MessageRef message, View view, CancellationToken ct)
    {
        await store.AddAsync(message.Channel, "edited", message.Message, view, ct).ConfigureAwait(false);
        return message;
    }

    /// <inheritdoc/>
    public Task DeleteAsync(MessageRef message, CancellationToken ct) => store.AddAsync(message.Channel, "deleted", message.Message, null, ct);

    /// <inheritdoc/>
    public Task ShowBusyAsync(Place place, bool picture, CancellationToken ct) => Task.CompletedTask;

    /// <inheritdoc/>
    public ILiveText? OpenLiveText(Place place) => null;

    /// <inheritdoc/>
    public async Task<ReadOnlyMemory<byte>> DownloadAsync(Attachment attachment, int maxBytes, CancellationToken ct)
    {
        Blob? blob = attachment.Reference.StartsWith(TerminalDesk.FilePrefix, StringComparison.Ordinal)
            ? await blobs.GetAsync(BotNames.Pictures, attachment.Reference, ct).ConfigureAwait(false) : null;
        if (blob is null) throw new PlatformException(PlatformFault.Gone, "The file is not there.");
        return blob.Length <= maxBytes ? blob.Content : throw new PlatformException(PlatformFault.TooLarge, "The file is too large.");
    }

    /// <inheritdoc/>
    public Task<bool> ManagesAsync(Place place, string userId, CancellationToken ct) => Task.FromResult(true);

    /// <inheritdoc/>
    public Task RegisterAsync(CommandBook commands, CancellationToken ct) => Task.CompletedTask;
}
