using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>Checks a given text by vLLM's <c>prompt_logprobs</c>: the text is put behind the prompt, token by token, and read in one run.</summary>
internal sealed class VllmCheck(UpstreamClient client, PassThrough server, string model)
{
    public async Task<TextCheck> RunAsync(CheckJob job, CancellationToken cancellation)
    {
        var prompt = await TokensAsync(job.Prompt, withStart: true, cancellation);
        IReadOnlyList<int> text = job.Tokens ?? await TokensAsync(job.Text!, withStart: false, cancellation);
        var body = new JsonObject
        {
            ["model"] = model, ["prompt"] = new JsonArray([.. prompt.Concat(text).Select(id => JsonValue.Create(id))]), ["max_tokens"] = 1, ["temperature"] = 0, ["prompt_logprobs"] = 1,
        };
        var answer = await client.AskAsync(server, "/v1/completions", body, cancellation);
        if (UpstreamJson.Items(answer, "choices") is not [var choice]) throw UpstreamException.Invalid("not one choice");
        if (UpstreamJson.Find(choice, "prompt_logprobs") is null) throw UpstreamException.NotSupported("log-probabilities of a given text");
        var places = UpstreamJson.Items(choice, "prompt_logprobs");
        if (places.Count != prompt.Count + text.Count) throw UpstreamException.Invalid("another number of places than tokens");
        return new TextCheck([.. text.Select((id, i) => Judge(places[prompt.Count + i], id))], prompt.Count, 1);
    }

    // Ranks begin with 1 there.
    private static CheckedToken Judge(JsonElement place, int id)
    {
        var entry = UpstreamJson.Find(place, id.ToString(CultureInfo.InvariantCulture)) ?? throw UpstreamException.Invalid("a place without the token that stands there");
        var rank = UpstreamJson.Count(entry, "rank") is > 0 and var known ? known - 1 : throw UpstreamException.Invalid("a token without a rank");
        return new CheckedToken(id, UpstreamJson.Text(entry, "decoded_token") ?? "", rank, UpstreamJson.Logprob(UpstreamJson.Find(entry, "logprob") ?? default));
    }

    private async Task<IReadOnlyList<int>> TokensAsync(string text, bool withStart, CancellationToken cancellation)
    {
        var answer = await client.AskAsync(server, "/tokenize", new JsonObject { ["model"] = model, ["prompt"] = text, ["add_special_tokens"] = withStart }, cancellation);
        return [.. UpstreamJson.Items(answer, "tokens").Select(token =>
            token.ValueKind == JsonValueKind.Number && token.TryGetInt32(out var id) && id >= 0 ? id : throw UpstreamException.Invalid("a token that is no id"))];
    }
}
