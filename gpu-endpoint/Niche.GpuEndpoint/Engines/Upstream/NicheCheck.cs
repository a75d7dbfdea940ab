using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Checks a given text by the <c>/check</c> of an endpoint like this one.</summary>
internal sealed class NicheCheck(UpstreamClient client, PassThrough server, string model)
{
    public async Task<TextCheck> RunAsync(CheckJob job, CancellationToken cancellation)
    {
        var body = new JsonObject { ["model"] = model, ["prompt"] = job.Prompt };
        if (job.Tokens is null) body["text"] = job.Text;
        else body["tokens"] = new JsonArray([.. job.Tokens.Select(id => JsonValue.Create(id))]);
        var answer = await client.AskAsync(server, "/check", body, cancellation);
        var tokens = UpstreamJson.Items(answer, "tokens").Select(Token).ToArray();
        if (job.Tokens is { } asked && !asked.SequenceEqual(tokens.Select(token => token.Id))) throw UpstreamException.Invalid("it judges other tokens");
        return new TextCheck(tokens, Need(answer, "prompt_tokens"), Need(answer, "runs"));
    }

    private static CheckedToken Token(JsonElement token) => new(
        Need(token, "id"), UpstreamJson.Text(token, "text") ?? "", Need(token, "rank"), UpstreamJson.Logprob(UpstreamJson.Find(token, "logprob") ?? default));

    private static int Need(JsonElement json, string name) => UpstreamJson.Count(json, name) ?? throw UpstreamException.Invalid($"'{name}' is missing");
}
