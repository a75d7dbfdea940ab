using Niche.GpuEndpoint.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>Text by a language model on this machine.</summary>
internal sealed class OnnxTextEngine(ModelStore store) : ITextEngine
{
    public IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, CancellationToken cancellation) =>
        store.Loaded.Texts[job.Model].Stream(job.Request, cancellation).ToAsyncEnumerable();
}
