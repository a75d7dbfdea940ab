namespace Niche.Inference.Chat.Templates;

/// <summary>Python's methods of texts and mappings that a chat template may call; those that change a value are refused.</summary>
internal static class Methods
{
    public static IReadOnlyList<string> OfTexts { get; } =
    [
        "strip", "lstrip", "rstrip", "split", "startswith", "endswith", "upper", "lower", "title", "capitalize", "replace", "join", "find", "count", "isdigit", "splitlines",
        "removeprefix", "removesuffix",
    ];

    public static IReadOnlyList<string> OfMaps { get; } = ["items", "keys", "values", "get"];

    /// <summary>Whether any value has a method of this name.</summary>
    public static bool Known(string name) => OfTexts.Contains(name) || OfMaps.Contains(name) || name == "cycle";

    public static object? Call(object? value, string name, Arguments arguments, Budget budget) => value switch
    {
        string text when OfTexts.Contains(name) => OfText(text, name, arguments, budget),
        OrderedDictionary<string, object?> map when OfMaps.Contains(name) => OfMap(map, name, arguments, budget),
        LoopState loop when name == "cycle" && arguments.Placed.Count > 0 => arguments.Placed[loop.Index % arguments.Placed.Count],
        _ => throw Values.Failed($"{Values.NameOf(value)} has no method '{name}'"),
    };

    /// <summary>A text with some parts replaced, paid for before it is made.</summary>
    public static string Replace(string text, string old, string with, long most, Budget budget)
    {
        if (most == 0) return text;
        if (old.Length == 0) throw Values.Failed("replacing nothing by something");
        budget.PaySearch(text, old);
        var places = new List<int>();
        for (var at = 0; (at = text.IndexOf(old, at, StringComparison.Ordinal)) >= 0 && (most < 0 || places.Count < most); at += old.Length) places.Add(at);
        budget.Pay(text.Length + ((long)places.Count * with.Length));
        var (made, from) = (new System.Text.StringBuilder(), 0);
        foreach (var place in places)
        {
            made.Append(text, from, place - from).Append(with);
            from = place + old.Length;
        }
        return made.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Texts with another between them, paid for before they are joined.</summary>
    public static string Join(IReadOnlyList<string> parts, string between, Budget budget)
    {
        budget.Pay(parts.Sum(part => (long)part.Length) + ((long)parts.Count * between.Length));
        return string.Join(between, parts);
    }

    private static object? OfText(string text, string name, Arguments arguments, Budget budget)
    {
        budget.Pay(text.Length);
        switch (name)
        {
            case "strip": return PythonText.TrimStart(PythonText.TrimEnd(text, arguments.Text(0, "chars")), arguments.Text(0, "chars"));
            case "lstrip": return PythonText.TrimStart(text, arguments.Text(0, "chars"));
            case "rstrip": return PythonText.TrimEnd(text, arguments.Text(0, "chars"));
            case "split": return Split(text, arguments.Text(0, "sep"), arguments.Take(1, "maxsplit", -1L), budget);
            case "splitlines": return Split(text.EndsWith('\n') ? text[..^1] : text, "\n", -1L, budget) is var lines && text.Length > 0 ? lines : new List<object?>();
            case "startswith": return Any(arguments, text.StartsWith);
            case "endswith": return Any(arguments, text.EndsWith);
            case "upper": return text.ToUpperInvariant();
            case "lower": return text.ToLowerInvariant();
            case "title": return Title(text);
            case "capitalize": return Capital(text);
            case "replace": return Replace(text, arguments.NeedText(0, "old"), arguments.NeedText(1, "new"), Values.Whole(arguments.Take(2, "count", -1L)), budget);
            case "join": return Join([.. Values.Items(arguments.Take(0, "iterable")).Select(item => item as string ?? throw Values.Failed("join takes texts"))], text, budget);
            case "find": return Find(text, arguments.NeedText(0, "sub"), budget);
            case "count": return (long)Split(text, arguments.NeedText(0, "sub"), -1L, budget).Count - 1;
            case "removeprefix": return arguments.NeedText(0, "prefix") is var start && text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..] : text;
            case "removesuffix": return arguments.NeedText(0, "suffix") is var end && text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
            default: return text.Length > 0 && text.All(char.IsDigit);
        }
    }

    /// <summary>The first letter large, the others small.</summary>
    public static string Capital(string text) => text.Length == 0 ? text : text[..1].ToUpperInvariant() + text[1..].ToLowerInvariant();

    private static string Title(string text)
    {
        var letters = text.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (i == 0 || !char.IsLetter(letters[i - 1])) letters[i] = char.ToUpperInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static bool Any(Arguments arguments, Func<string, StringComparison, bool> holds)
    {
        if (arguments.Take(0, "prefix") is List<object?> many) return many.Any(item => item is string one && holds(one, StringComparison.Ordinal));
        return holds(arguments.NeedText(0, "prefix"), StringComparison.Ordinal);
    }

    // Python counts code points.
    private static long Find(string text, string part, Budget budget)
    {
        budget.PaySearch(text, part);
        return text.IndexOf(part, StringComparison.Ordinal) is var at && at < 0 ? -1 : PythonText.Length(text[..at]);
    }

    private static List<object?> Split(string text, string? between, object? most, Budget budget)
    {
        budget.Pay((long)text.Length * 4);
        var limit = Values.Whole(most);
        if (between is null) return limit < 0 ? PythonText.Words(text) : throw new ChatTemplateException("template_unsupported", "split at white space with a limit is not supported.");
        if (between.Length == 0) throw Values.Failed("splitting at nothing");
        budget.PaySearch(text, between);
        return [.. text.Split(between, limit < 0 ? int.MaxValue : (int)Math.Min(limit + 1, int.MaxValue))];
    }

    private static object? OfMap(OrderedDictionary<string, object?> map, string name, Arguments arguments, Budget budget)
    {
        if (name == "get") return map.TryGetValue(arguments.NeedText(0, "key"), out var found) ? found : arguments.Take(1, "default");
        budget.Pay((long)map.Count * Budget.Step);
        return name switch
        {
            "keys" => map.Keys.Cast<object?>().ToList(),
            "values" => map.Values.ToList(),
            _ => Pairs(map),
        };
    }

    /// <summary>Each key with its value.</summary>
    public static List<object?> Pairs(OrderedDictionary<string, object?> map) => [.. map.Select(pair => new Pair { pair.Key, pair.Value })];
}
