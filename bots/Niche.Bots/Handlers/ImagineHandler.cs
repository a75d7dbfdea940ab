using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary><c>/imagine</c>: paints.</summary>
public sealed class ImagineHandler(DraftReader drafts, OrderDesk desk) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Imagine;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        // Said, not ignored: a person who gives a file expects it to count.
        if (input.Files.Count > 0 && input.Picture is null)
        {
            await visit.RefuseAsync("error.input-picture", ct, Filling.Of("max", JobRequestValidator.MaxPictureBytes / 1024 / 1024)).ConfigureAwait(false);
            return;
        }

        byte[]? picture = input.Picture is { } file
            ? (await visit.DownloadAsync(file, JobRequestValidator.MaxPictureBytes, ct).ConfigureAwait(false)).ToArray() : null;
        (OrderDraft? draft, IReadOnlyList<Notice> faults) = drafts.Read(input.Options, visit.Person.Defaults.Over(visit.Channel.Defaults), picture: picture);
        if (draft is null) await visit.RefuseAsync(faults, ct).ConfigureAwait(false);
        else await desk.PlaceAsync(visit, draft, ct).ConfigureAwait(false);
    }
}
