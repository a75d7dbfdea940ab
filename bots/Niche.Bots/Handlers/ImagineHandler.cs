using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/imagine</c>: paints.</summary>
public sealed class ImagineHandler(DraftReader drafts, OrderDesk desk) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Imagine;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        // Said, not ignored: a person who gives a picture expects it to count.
        if (input.Files.Count > 0 || input.Options.Text("strength") is not null)
        {
            await visit.RefuseAsync("imagine.no-input", ct).ConfigureAwait(false);
            return;
        }

        (OrderDraft? draft, IReadOnlyList<Notice> faults) = drafts.Read(input.Options, visit.Person.Defaults.Over(visit.Channel.Defaults));
        if (draft is null) await visit.RefuseAsync(faults, ct).ConfigureAwait(false);
        else await desk.PlaceAsync(visit, draft, ct).ConfigureAwait(false);
    }
}
