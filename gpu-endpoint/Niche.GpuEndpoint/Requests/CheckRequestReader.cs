using System.Text.Json;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Checks the body of <c>/check</c>.</summary>
internal static class CheckRequestReader
{
    private const int MostTokens = 1 << 20;

    public static CheckJob Read(FieldReader fields, ModelStore store)
    {
        var manifest = TextRequestReader.Model(fields, store).Manifest;
        var prompt = TextRequestReader.Prompt(fields, manifest);
        var (text, tokens) = (fields.Find("text"), fields.Find("tokens"));
        if (text is null == tokens is null) fields.Add("text", "text_missing", "either text or tokens is required, and not both");
        var given = text is null ? null : fields.Text("text", "", TextRequestReader.MostCharacters(manifest), "text_too_long");
        var ids = tokens is { } list ? Tokens(fields, list) : null;
        fields.ThrowIfAny();
        return new CheckJob(manifest.Name, prompt, given, ids);
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
