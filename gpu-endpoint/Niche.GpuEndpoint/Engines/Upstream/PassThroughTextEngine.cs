using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Text by an OpenAI-compatible server (vLLM, llama.cpp's server, an endpoint like this one) that the model's manifest names.</summary>
internal sealed class PassThroughTextEngine(ModelStore store, UpstreamClient client, UpstreamStates states) : ITextEngine
{
    public async IAsyncEnumerable<TextPiece> StreamAsync(TextJob job, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (folder, server, dialect) = Find(job.Model);
        var pieces = new UpstreamPieces(job);
        var path = job.Chat is null ? "/v1/completions" : "/v1/chat/completions";
        await using var answer = await OpenAsync(folder, server, path, UpstreamBody.Of(job, server.Model ?? job.Model, dialect), cancellation);
        if (job.Stream)
        {
            await foreach (var chunk in answer.EventsAsync())
            {
                foreach (var piece in pieces.Take(chunk)) yield return piece;
            }
        }
        else
        {
            foreach (var piece in pieces.Take(UpstreamJson.Parse(await answer.ReadAsync(UpstreamClient.LargestAnswer)))) yield return piece;
        }
        yield return pieces.Finish();
    }

    public Task<TextCheck> CheckAsync(CheckJob job, CancellationToken cancellation)
    {
        var (_, server, dialect) = Find(job.Model);
        return dialect switch
        {
            UpstreamDialect.Vllm => new VllmCheck(client, server, server.Model ?? job.Model).RunAsync(job, cancellation),
            UpstreamDialect.Niche => new NicheCheck(client, server, server.Model ?? job.Model).RunAsync(job, cancellation),
            _ => throw UpstreamException.NotSupported("log-probabilities of a given text"),
        };
    }

    private (ModelFolder Folder, PassThrough Server, UpstreamDialect Dialect) Find(string model)
    {
        var folder = store.FolderOf(model);
        var state = states.Of(folder);
        // The dialect is known from the first look on; until then, and while the server is away, nobody waits for it.
        return state.Away is null ? (folder, folder.Manifest.PassThrough!, state.Dialect) : throw UpstreamException.Away(state.Away);
    }

    private async Task<UpstreamAnswer> OpenAsync(ModelFolder folder, PassThrough server, string path, JsonObject body, CancellationToken cancellation)
    {
        try
        {
            return await client.OpenAsync(server, path, body, cancellation);
        }
        catch (UpstreamException e) when (e.Why is not null)
        {
            // The next request need not find out again; the watch will see it come back.
            states.Set(folder, states.Of(folder) with { Away = e.Why });
            throw;
        }
    }
}
