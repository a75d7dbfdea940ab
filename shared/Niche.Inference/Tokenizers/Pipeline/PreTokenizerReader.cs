namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Reads <c>pre_tokenizer</c> of <c>tokenizer.json</c>: what cuts a normalized text into words.</summary>
internal static class PreTokenizerReader
{
    private const string Gpt2 = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";
    private const int MostSteps = 16;

    /// <summary>The cut; the whole text is one word without a part.</summary>
    public static Func<Piece, IEnumerable<Piece>> Read(JsonPart? part)
    {
        if (part is null) return piece => [piece];
        switch (part.Text("type"))
        {
            case "Sequence":
                part.Only("pretokenizers");
                Func<Piece, IEnumerable<Piece>>[] steps = [.. part.Need("pretokenizers").Items(MostSteps).Select(Read)];
                return piece => steps.Aggregate<Func<Piece, IEnumerable<Piece>>, IEnumerable<Piece>>([piece], (pieces, step) => pieces.SelectMany(step));
            case "Split":
                part.Only("pattern", "behavior", "invert");
                return new SplitRule(Pattern(part.Need("pattern")), Behavior(part, SplitBehavior.Isolated), part.Flag("invert", false)).Split;
            case "Digits":
                part.Only("individual_digits");
                return Rule(@"\p{N}", part.Flag("individual_digits", false) ? SplitBehavior.Isolated : SplitBehavior.Contiguous);
            case "Punctuation":
                part.Only("behavior");
                return Rule(@"[!-/:-@\[-`{-~\p{P}]", Behavior(part, SplitBehavior.Isolated));
            case "ByteLevel":
                return ByteLevel(part);
            case "Metaspace":
                return Metaspace(part);
            case var other:
                throw part.Unsupported($"the pre-tokenizer '{other}' is not supported");
        }
    }

    private static Func<Piece, IEnumerable<Piece>> ByteLevel(JsonPart part)
    {
        part.Only("add_prefix_space", "trim_offsets", "use_regex");
        var prefix = part.Flag("add_prefix_space", true);
        var cut = part.Flag("use_regex", true) ? Rule(Gpt2, SplitBehavior.Isolated) : piece => [piece];
        return piece => cut(prefix && !piece.Text.StartsWith(' ') ? piece with { Text = ' ' + piece.Text } : piece)
            .Select(word => word with { Text = ByteAlphabet.Write(word.Text) });
    }

    private static Func<Piece, IEnumerable<Piece>> Metaspace(JsonPart part)
    {
        part.Only("replacement", "add_prefix_space", "prepend_scheme", "split", "str_rep");
        if (part.Text("replacement") is not { Length: 1 } space) throw part.Need("replacement").Invalid("must be one character");
        var scheme = part.Find("prepend_scheme")?.Text() ?? (part.Flag("add_prefix_space", true) ? "always" : "never");
        if (scheme is not ("always" or "first" or "never")) throw part.Unsupported($"the prepend_scheme '{scheme}' is not supported");
        var cut = part.Flag("split", true)
            ? new SplitRule(SplitRule.Literal(space), SplitBehavior.MergedWithNext).Split
            : (Func<Piece, IEnumerable<Piece>>)(piece => [piece]);
        return piece =>
        {
            var text = piece.Text.Replace(" ", space, StringComparison.Ordinal);
            var prepend = (scheme == "always" || (scheme == "first" && piece.First)) && !text.StartsWith(space, StringComparison.Ordinal);
            return cut(piece with { Text = prepend ? space + text : text });
        };
    }

    private static Func<Piece, IEnumerable<Piece>> Rule(string pattern, SplitBehavior behavior) => new SplitRule(new SplitPattern(pattern).Find, behavior).Split;

    private static Func<string, IEnumerable<(int Start, int End)>> Pattern(JsonPart part)
    {
        if (part.Find("String") is { } literal) return SplitRule.Literal(literal.Text());
        try
        {
            return new SplitPattern(part.Text("Regex")).Find;
        }
        catch (FormatException e)
        {
            throw part.Unsupported($"{e.Message} is not supported");
        }
    }

    private static SplitBehavior Behavior(JsonPart part, SplitBehavior otherwise) => part.Find("behavior")?.Text() switch
    {
        null => otherwise,
        "Removed" => SplitBehavior.Removed,
        "Isolated" => SplitBehavior.Isolated,
        "MergedWithPrevious" => SplitBehavior.MergedWithPrevious,
        "MergedWithNext" => SplitBehavior.MergedWithNext,
        "Contiguous" => SplitBehavior.Contiguous,
        var other => throw part.Unsupported($"the behavior '{other}' is not supported"),
    };
}
