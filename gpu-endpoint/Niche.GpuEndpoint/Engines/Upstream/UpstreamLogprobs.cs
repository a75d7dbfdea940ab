using System.Text.Json;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>
/// Tokens with their log-probabilities out of an answer: the lists of completions (vLLM), or the objects of chats, which llama.cpp's server gives for
/// both. A server that does not tell the ids leaves them at -1.
/// </summary>
internal static class UpstreamLogprobs
{
    public static IReadOnlyList<(TokenLogprob Token, IReadOnlyList<TokenLogprob> Top)> Read(JsonElement choice, int most)
    {
        if (UpstreamJson.Find(choice, "logprobs") is not { } logprobs) return [];
        if (logprobs.ValueKind != JsonValueKind.Object) throw UpstreamException.Invalid("'logprobs' is no object");
        return UpstreamJson.Find(logprobs, "content") is not null ? Objects(logprobs, most) : Lists(logprobs, UpstreamJson.Items(choice, "token_ids"), most);
    }

    private static List<(TokenLogprob, IReadOnlyList<TokenLogprob>)> Objects(JsonElement logprobs, int most) =>
        [.. UpstreamJson.Items(logprobs, "content").Select(item =>
            (Token(item), (IReadOnlyList<TokenLogprob>)[.. UpstreamJson.Items(item, "top_logprobs").Take(most).Select(Token)]))];

    private static TokenLogprob Token(JsonElement item) => new(
        UpstreamJson.Count(item, "id") ?? -1,
        UpstreamJson.Text(item, "token") ?? throw UpstreamException.Invalid("a token without text"),
        UpstreamJson.Logprob(UpstreamJson.Find(item, "logprob") ?? default));

    private static List<(TokenLogprob, IReadOnlyList<TokenLogprob>)> Lists(JsonElement logprobs, IReadOnlyList<JsonElement> ids, int most)
    {
        var (tokens, values, tops) = (UpstreamJson.Items(logprobs, "tokens"), UpstreamJson.Items(logprobs, "token_logprobs"), UpstreamJson.Items(logprobs, "top_logprobs"));
        if (values.Count != tokens.Count || (tops.Count > 0 && tops.Count != tokens.Count)) throw UpstreamException.Invalid("lists of log-probabilities that do not match");
        // Ids are an extra that newer servers give; a list of another length is about something else.
        var known = ids.Count == tokens.Count && ids.All(id => id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out _));
        return [.. tokens.Select((token, i) => (
            new TokenLogprob(known ? ids[i].GetInt32() : -1, Requests.JsonText.Read(token) ?? throw UpstreamException.Invalid("a token without text"), UpstreamJson.Logprob(values[i])),
            tops.Count == 0 ? [] : Top(tops[i], most)))];
    }

    private static IReadOnlyList<TokenLogprob> Top(JsonElement top, int most)
    {
        if (top.ValueKind == JsonValueKind.Null) return [];
        if (top.ValueKind != JsonValueKind.Object) throw UpstreamException.Invalid("'top_logprobs' is no object");
        try
        {
            return [.. top.EnumerateObject().Select(item => new TokenLogprob(-1, item.Name, UpstreamJson.Logprob(item.Value))).OrderByDescending(token => token.Logprob).Take(most)];
        }
        catch (InvalidOperationException e)
        {
            throw UpstreamException.Invalid("a token that is no text", e);
        }
    }
}
