namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// Reads <c>decoder</c> of <c>tokenizer.json</c>, which says how tokens are written: in the alphabet of bytes, or as SentencePiece does. A space that a
/// decoder strips from the very front of a text stays: a continuation begins in the middle.
/// </summary>
internal static class DecoderReader
{
    private const int MostSteps = 16;

    /// <summary>Whether tokens are written in the alphabet of bytes.</summary>
    public static bool IsByteLevel(JsonPart part)
    {
        switch (part.Text("type"))
        {
            case "ByteLevel":
                return true;
            case "Sequence":
                JsonPart[] steps = [.. part.Need("decoders").Items(MostSteps)];
                foreach (var step in steps) Check(step);
                return false;
            case "Metaspace":
                Check(part);
                return false;
            case var other:
                throw part.Unsupported($"the decoder '{other}' is not supported");
        }
    }

    private static void Check(JsonPart step)
    {
        var known = step.Text("type") switch
        {
            "ByteFallback" or "Fuse" => true,
            "Strip" => step.Text("content") == " ",
            "Replace" => step.Need("pattern").Find("String")?.Text() == "\u2581" && step.Text("content") == " ",
            "Metaspace" => step.Text("replacement") == "\u2581",
            _ => false,
        };
        if (!known) throw step.Unsupported($"this decoder '{step.Text("type")}' is not supported");
    }
}
