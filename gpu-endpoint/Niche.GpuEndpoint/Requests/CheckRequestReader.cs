using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Checks the body of <c>/check</c>.</summary>
internal static class CheckRequestReader
{
    private const int MostTokens = 1 << 20;

    private const int LongestToken = 256;

    public static CheckJob Read(FieldReader fields, ModelStore store)
    {
        var folder = TextRequestReader.Model(fields, store);
        var manifest = folder.Manifest;
        var prompt = TextRequestReader.Prompt(fields, manifest);
        var (text, tokens, texts) = (fields.Find("text"), fields.Find("tokens"), fields.Find("token_texts"));
        if (new[] { text, tokens, texts }.Count(field => field is not null) != 1)
            fields.Add("text", "text_missing", "one of text, tokens and token_texts is required, and not more");
        var given = text is null ? null : fields.Text("text", "", TextRequestReader.MostCharacters(manifest), "text_too_long");
        var ids = tokens is { } list ? Tokens(fields, list) : null;
        var parts = texts is { } strings ? TokenTexts(fields, strings) : null;
        var ended = fields.Flag("ended");
        // Who names a seed asks whether it drew the text, with the same rules and defaults as when it was made.
        var drawn = fields.Find("seed") is null ? null : TextRequestReader.Rules(fields, manifest, prompt);
        if (ended && drawn is null) fields.Add("ended", "seed_missing", "is judged with a seed only");
        fields.ThrowIfAny();
        return new CheckJob(manifest.Name, prompt, given ?? (parts is null ? null : string.Concat(parts)), ids, parts, drawn, ended);
    }

    private static string[] TokenTexts(FieldReader fields, JsonElement texts)
    {
        if (texts.ValueKind == JsonValueKind.Array && texts.GetArrayLength() is > 0 and <= MostTokens
            && texts.EnumerateArray().All(item => JsonText.Read(item) is { Length: > 0 and <= LongestToken }))
        {
            return [.. texts.EnumerateArray().Select(item => JsonText.Read(item)!)];
        }
        fields.Add("token_texts", "tokens_invalid", $"must be a list of 1 to {MostTokens} strings of 1 to {LongestToken} characters");
        return [];
    }

    private static int[] Tokens(FieldReader fields, JsonElement tokens)
    {
        if (tokens.ValueKind == JsonValueKind.Array && tokens.GetArrayLength() is > 0 and <= MostTokens
            && tokens.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var id) && id >= 0))
        {
            return [.. tokens.EnumerateArray().Select(item => item.GetInt32())];
        }
        fields.Add("tokens", "tokens_invalid", $"must be a list of 1 to {MostTokens} token ids");
        return [];
    }
}
