using System.Runtime.CompilerServices;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines;

/// <summary>Text by a language model on this machine; texts of one model that are made at the same time share its runs.</summary>
internal sealed class OnnxTextEngine(ModelStore store, EndpointOptions options) : ITextEngine
{
    // A model that leaves takes its batch along, which holds nothing once nobody works.
    private readonly ConditionalWeakTable<TextGenerator, TextBatch> _batches = [];

    public IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, CancellationToken cancellation) => _batches
        .GetValue(store.Loaded.Texts[job.Model], generator => new TextBatch(generator, options.TextBatch))
        .StreamAsync(job.Request, cancellation);

    public Task<TextCheck> CheckAsync(CheckJob job, CancellationToken cancellation)
    {
        var generator = store.Loaded.Texts[job.Model];
        return Task.Run(() => Check(generator, job, cancellation), cancellation);
    }

    private static TextCheck Check(TextGenerator generator, CheckJob job, CancellationToken cancellation)
    {
        var tokens = job.Tokens ?? (job.TokenTexts is { } texts ? generator.Tokens(texts) : generator.Tokens(job.Text!));
        return job.Drawn is { } request ? generator.Check(request, tokens, job.Ended, cancellation) : generator.Check(job.Prompt, tokens, cancellation);
    }
}
