using System.Text.Json;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Reads <c>post_processor</c> of <c>tokenizer.json</c>: the token that stands before a text.</summary>
internal static class PostProcessorReader
{
    private const int MostParts = 16;
    private const int MostTokens = 1 << 20;

    /// <summary>The start token, if there is one. More than one, or any behind the text, is refused: a continuation follows there.</summary>
    public static int? StartId(JsonPart? part)
    {
        switch (part?.Text("type"))
        {
            case null:
                return null;
            case "ByteLevel":
                // Concerns offsets only.
                return null;
            case "Sequence":
                int?[] starts = [.. part.Need("processors").Items(MostParts).Select(StartId).Where(start => start is not null)];
                return starts.Length <= 1 ? starts.FirstOrDefault() : throw part.Unsupported("more than one start token is not supported");
            case "TemplateProcessing":
                return Template(part);
            case var other:
                throw part.Unsupported($"the post-processor '{other}' is not supported");
        }
    }

    private static int? Template(JsonPart part)
    {
        int? start = null;
        var seenText = false;
        foreach (var item in part.Need("single").Items(MostParts))
        {
            if (item.Find("Sequence") is not null)
            {
                seenText = true;
                continue;
            }
            if (seenText) throw item.Unsupported("a token behind the text is not supported");
            JsonPart[] ids = [.. Special(part, item.Need("SpecialToken").Text("id")).Need("ids").Items(MostParts)];
            if (start is not null || ids.Length != 1) throw item.Unsupported("more than one start token is not supported");
            start = ids[0].Whole(MostTokens);
        }
        return seenText ? start : throw part.Invalid("single has no place for the text");
    }

    private static JsonPart Special(JsonPart part, string name)
    {
        var tokens = part.Need("special_tokens");
        if (tokens.Element.ValueKind == JsonValueKind.Array)
        {
            return tokens.Items(MostParts).FirstOrDefault(token => token.Text("id") == name) ?? throw tokens.Invalid($"'{name}' is missing");
        }
        return tokens.Need(name);
    }
}
