using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Pictures;
using Niche.Bots.Ports;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary><c>/describe</c>: says what is to be seen, as far as the demo encoder knows words for it.</summary>
public sealed class DescribeHandler(OrderFinder finder, IDescribing describing) : ICommandHandler
{
    /// <inheritdoc/>
    public string Name => CommandNames.Describe;

    /// <inheritdoc/>
    public async Task RunAsync(Visit visit, CommandInput input, CancellationToken ct)
    {
        ReadOnlyMemory<byte>? picture = input.Picture is { } file
            ? await visit.DownloadAsync(file, Enlarger.MaxBytes, ct).ConfigureAwait(false)
            : await finder.FindAsync(visit, input, elseNewest: true, ct).ConfigureAwait(false) is { } order
                ? (await finder.PictureAsync(order, 0, ct).ConfigureAwait(false))?.Content
                : null;
        if (picture is not { } bytes)
        {
            await visit.RefuseAsync("error.no-picture", ct).ConfigureAwait(false);
            return;
        }

        if (await describing.DescribeAsync(bytes, ct).ConfigureAwait(false) is not { } seen)
        {
            await visit.RefuseAsync("error.picture", ct).ConfigureAwait(false);
            return;
        }

        RichText text = new([new Span(seen.Text, SpanStyle.Code)]);
        await visit.SayAsync(Tone.Good, visit.Words.Say("describe.done", new Filling("text", text), Filling.Of("fit", Words.Percent(seen.Fit))), ct, onlyAsker: false)
            .ConfigureAwait(false);
    }
}
