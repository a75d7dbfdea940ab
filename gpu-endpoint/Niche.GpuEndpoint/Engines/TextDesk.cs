using System.Runtime.CompilerServices;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Telemetry;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>The way of every text, whichever route asked: a turn of the lane, which several texts hold at a time, the engine, the counts.</summary>
internal sealed class TextDesk(WorkLanes lanes, ModelStore models, ITextEngine engine, EndpointMeters meters, TimeProvider time)
{
    /// <summary>Waits for a turn and hands the growing text over.</summary>
    /// <param name="job">A checked job.</param>
    /// <param name="answer">Reads the pieces; the turn is passed on when it ends.</param>
    /// <param name="cancellation">Gives up waiting or working.</param>
    /// <typeparam name="T">What becomes of the text.</typeparam>
    public async Task<T> RunAsync<T>(TextJob job, Func<IAsyncEnumerable<TextPiece>, Task<T>> answer, CancellationToken cancellation)
    {
        using var use = models.Use(job.Model);
        using var place = lanes.OfTexts(models.FolderOf(job.Model)).Enter(model: job.Model);
        return await place.RunAsync(queued => answer(Counted(job, queued, cancellation)), cancellation);
    }

    private async IAsyncEnumerable<TextPiece> Counted(TextJob job, TimeSpan queued, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (start, begun, made) = (time.GetTimestamp(), false, 0);
        await foreach (var piece in engine.StreamAsync(job, cancellation))
        {
            if (!begun) meters.TextBegins(job.Model, queued, queued + time.GetElapsedTime(start));
            begun = true;
            if (piece.Token is not null) made++;
            made = piece.TextTokens ?? made;
            if (piece.FinishReason is not null) meters.TextMade(job.Model, piece.PromptTokens ?? 0, made, queued + time.GetElapsedTime(start));
            yield return piece;
        }
    }
}
