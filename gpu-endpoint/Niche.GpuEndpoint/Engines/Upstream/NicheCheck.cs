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
        if (job.Tokens is { } ids) body["tokens"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]);
        else if (job.TokenTexts is { } texts) body["token_texts"] = new JsonArray([.. texts.Select(text => JsonValue.Create(text))]);
        else body["text"] = job.Text;
        if (job.Drawn is { } request) UpstreamBody.AddRules(body, request, UpstreamDialect.Niche);
        if (job.Ended) body["ended"] = true;
        var answer = await client.AskAsync(server, "/check", body, cancellation);
        var tokens = UpstreamJson.Items(answer, "tokens").Select(Token).ToArray();
        if (job.Tokens is { } asked && (tokens.Length != asked.Count + (job.Ended ? 1 : 0) || !asked.SequenceEqual(tokens.Take(asked.Count).Select(token => token.Id))))
            throw UpstreamException.Invalid("it judges other tokens");
        return new TextCheck(tokens, Need(answer, "prompt_tokens"), Need(answer, "runs"));
    }

    private static CheckedToken Token(JsonElement token) => new(
        Need(token, "id"), UpstreamJson.Text(token, "text") ?? "", Need(token, "rank"), UpstreamJson.Logprob(UpstreamJson.Find(token, "logprob") ?? default),
        UpstreamJson.Find(token, "miss") is { } miss ? Part(miss) : null);

    private static double Part(JsonElement miss) => miss.ValueKind == JsonValueKind.Number && miss.TryGetDouble(out var part) && part is >= 0 and <= 1
        ? part
        : throw UpstreamException.Invalid("a miss that is none");

    private static int Need(JsonElement json, string name) => UpstreamJson.Count(json, name) ?? throw UpstreamException.Invalid($"'{name}' is missing");
}
