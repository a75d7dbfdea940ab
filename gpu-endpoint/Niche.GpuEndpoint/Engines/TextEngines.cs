using Niche.GpuEndpoint.Engines.Upstream;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>The engine of each text model: this machine, or the server that its manifest names.</summary>
internal sealed class TextEngines(ModelStore store, OnnxTextEngine here, PassThroughTextEngine elsewhere) : ITextEngine
{
    public IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, CancellationToken cancellation) => Of(job.Model).StreamAsync(job, cancellation);

    public Task<TextCheck> CheckAsync(CheckJob job, CancellationToken cancellation) => Of(job.Model).CheckAsync(job, cancellation);

    private ITextEngine Of(string model) => store.FolderOf(model).Manifest.PassThrough is null ? here : elsewhere;
}
