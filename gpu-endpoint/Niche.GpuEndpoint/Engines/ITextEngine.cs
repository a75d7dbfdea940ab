using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>Makes text. Registered as a singleton: replace or decorate it to serve text from elsewhere.</summary>
public interface ITextEngine
{
    /// <summary>
    /// Continues a text; the caller holds a turn of the text lane. The last piece carries the reason of the end and the tokens of the prompt.
    /// </summary>
    /// <param name="job">A checked job.</param>
    /// <param name="cancellation">The client went away or its time is up.</param>
    IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, CancellationToken cancellation);

    /// <summary>Judges every token of a given text; the caller holds a turn of the text lane.</summary>
    /// <param name="job">A checked job.</param>
    /// <param name="cancellation">The client went away or its time is up.</param>
    Task<TextCheck> CheckAsync(CheckJob job, CancellationToken cancellation);
}
