namespace Niche.Inference.Chat.Templates;

/// <summary>The filters that a chat template may use.</summary>
internal static class Filters
{
    private const int WidestIndent = 16;

    public static IReadOnlyList<string> Names { get; } =
    [
        "trim", "tojson", "length", "count", "upper", "lower", "capitalize", "title", "replace", "join", "first", "last", "list", "default", "d", "string", "int", "float", "abs",
        "items", "select", "reject", "selectattr", "rejectattr", "map", "safe", "reverse", "unique", "indent", "sum", "min", "max",
    ];

    public static object? Apply(string name, object? value, Arguments arguments, Budget budget)
    {
        switch (name)
        {
            case "tojson": return Json(value, arguments, budget);
            case "length" or "count":
                budget.Pay(value is string counted ? counted.Length : 1);
                return Values.Length(value);
            case "default" or "d": return value is Undefined || (Values.Truth(arguments.Take(1, "boolean", false)) && !Values.Truth(value)) ? arguments.Take(0, "default_value", "") : value;
            case "first": return Values.Items(value).Cast<object?>().FirstOrDefault(new Undefined("the first of nothing"));
            case "last": return Items(value, budget).LastOrDefault(new Undefined("the last of nothing"));
            case "list": return Items(value, budget);
            case "items": return value is Undefined ? new List<object?>() : value is OrderedDictionary<string, object?> map ? Paid(Methods.Pairs(map), budget) : throw Values.Failed("items needs a mapping");
            case "join": return Join(value, arguments, budget);
            case "reverse": return value is string text ? string.Concat(PythonText.Characters(text).Reverse()) : Items(value, budget).AsEnumerable().Reverse().ToList();
            case "unique": return Unique(Items(value, budget), budget);
            case "int": return Whole(value, arguments);
            case "float": return value is string written ? (double.TryParse(written, System.Globalization.CultureInfo.InvariantCulture, out var real) ? real : 0.0) : Values.Number(value);
            case "abs": return value is double d ? Math.Abs(d) : (object)Math.Abs(Values.Whole(value));
            case "sum": return Items(value, budget).Select(Values.Whole).Sum();
            case "min": return Items(value, budget) is { Count: > 0 } low ? low.Aggregate((a, b) => Values.Compare(b, a, budget) < 0 ? b : a) : new Undefined("the least of nothing");
            case "max": return Items(value, budget) is { Count: > 0 } high ? high.Aggregate((a, b) => Values.Compare(b, a, budget) > 0 ? b : a) : new Undefined("the most of nothing");
            case "select": return Chosen(value, arguments, attribute: false, keep: true, budget);
            case "reject": return Chosen(value, arguments, attribute: false, keep: false, budget);
            case "selectattr": return Chosen(value, arguments, attribute: true, keep: true, budget);
            case "rejectattr": return Chosen(value, arguments, attribute: true, keep: false, budget);
            case "map": return Mapped(value, arguments, budget);
            default: return OfText(name, Values.Text(value, budget), arguments, budget);
        }
    }

    private static object? OfText(string name, string text, Arguments arguments, Budget budget)
    {
        budget.Pay(text.Length);
        return name switch
        {
            "trim" => PythonText.TrimStart(PythonText.TrimEnd(text, arguments.Text(0, "chars")), arguments.Text(0, "chars")),
            "upper" => text.ToUpperInvariant(),
            "lower" => text.ToLowerInvariant(),
            "capitalize" => Methods.Capital(text),
            "title" => Title(text),
            "replace" => Methods.Replace(text, arguments.NeedText(0, "old"), arguments.NeedText(1, "new"), Values.Whole(arguments.Take(2, "count", -1L) ?? -1L), budget),
            "indent" => Indent(text, arguments, budget),
            // "string" and "safe": nothing here is escaped.
            _ => text,
        };
    }

    private static string Json(object? value, Arguments arguments, Budget budget)
    {
        var (ascii, indent) = (Values.Truth(arguments.Take(0, "ensure_ascii", false)), arguments.Take(1, "indent"));
        arguments.Done("ensure_ascii", "indent");
        if (indent is not null && Values.Whole(indent) is < 0 or > WidestIndent) throw Values.Failed($"tojson indents by 0 to {WidestIndent}");
        return new ValueWriter(budget).Json(value, ascii, indent is null ? null : (int)Values.Whole(indent));
    }

    private static List<object?> Items(object? value, Budget budget) => Paid([.. Values.Items(value)], budget);

    private static List<object?> Paid(List<object?> items, Budget budget)
    {
        budget.Pay((long)items.Count * Budget.Step);
        return items;
    }

    private static string Join(object? value, Arguments arguments, Budget budget)
    {
        var (between, attribute) = (Values.Text(arguments.Take(0, "d", ""), budget), arguments.Text(1, "attribute"));
        return Methods.Join([.. Items(value, budget).Select(item => Values.Text(attribute is null ? item : Attribute.Of(item, attribute), budget))], between, budget);
    }

    private static List<object?> Unique(List<object?> items, Budget budget)
    {
        var kept = new List<object?>();
        foreach (var item in items) if (!kept.Any(other => Values.Equal(Folded(item), Folded(other), budget))) kept.Add(item);
        return kept;

        static object? Folded(object? item) => item is string text ? text.ToLowerInvariant() : item;
    }

    private static object Whole(object? value, Arguments arguments) => value switch
    {
        double d when Math.Abs(d) < 9e18 => (long)d,
        long or bool => Values.Whole(value),
        string text when long.TryParse(text.Trim(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var whole) => whole,
        _ => arguments.Take(0, "default", 0L) ?? 0L,
    };

    private static List<object?> Chosen(object? value, Arguments arguments, bool attribute, bool keep, Budget budget)
    {
        var skipped = attribute ? 1 : 0;
        var name = attribute ? arguments.NeedText(0, "attribute") : "";
        var test = arguments.Placed.Count > skipped ? arguments.NeedText(skipped, "test") : null;
        if (test is not null && !Tests.Names.Contains(test)) throw new ChatTemplateException("template_unsupported", $"The test '{test}' is not supported in chat templates.");
        var rest = new Arguments(test ?? "", [.. arguments.Placed.Skip(skipped + 1)], arguments.Named);
        return Items(value, budget).FindAll(item =>
        {
            var asked = attribute ? Attribute.Of(item, name) : item;
            return keep == (test is null ? Values.Truth(asked) : Tests.Holds(test, asked, rest, budget));
        });
    }

    private static List<object?> Mapped(object? value, Arguments arguments, Budget budget)
    {
        if (arguments.Named.TryGetValue("attribute", out var attribute) && attribute is string name)
        {
            var otherwise = arguments.Named.GetValueOrDefault("default");
            return Items(value, budget).ConvertAll(item => Attribute.Of(item, name) is var found && found is Undefined && otherwise is not null ? otherwise : found);
        }
        var filter = arguments.NeedText(0, "filter");
        // A filter inside of a filter inside of a filter: once is enough, and keeps the stack flat.
        if (!Names.Contains(filter) || filter == "map") throw new ChatTemplateException("template_unsupported", $"The filter '{filter}' is not supported in map.");
        var rest = new Arguments(filter, [.. arguments.Placed.Skip(1)], arguments.Named);
        return Items(value, budget).ConvertAll(item => Apply(filter, item, rest, budget));
    }

    private static string Title(string text)
    {
        var letters = text.ToLowerInvariant().ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (i == 0 || PythonText.IsSpace(letters[i - 1]) || "-({[<".Contains(letters[i - 1], StringComparison.Ordinal)) letters[i] = char.ToUpperInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static string Indent(string text, Arguments arguments, Budget budget)
    {
        var space = arguments.Take(0, "width", 4L) switch
        {
            string given => given,
            var width => Values.Whole(width) is >= 0 and <= WidestIndent and var count ? new string(' ', (int)count) : throw Values.Failed($"indent takes 0 to {WidestIndent}"),
        };
        var (first, blank) = (Values.Truth(arguments.Take(1, "first", false)), Values.Truth(arguments.Take(2, "blank", false)));
        var lines = text.Split('\n');
        budget.Pay((long)lines.Length * (space.Length + 1));
        return string.Join('\n', lines.Select((line, i) => (i == 0 && !first) || (!blank && i > 0 && line.Length == 0) ? line : space + line));
    }
}
