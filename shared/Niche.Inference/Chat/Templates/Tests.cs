namespace Niche.Inference.Chat.Templates;

/// <summary>The tests that a chat template may use.</summary>
internal static class Tests
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "defined", "undefined", "none", "string", "number", "integer", "float", "boolean", "true", "false", "mapping", "iterable", "sequence", "odd", "even", "divisibleby",
        "equalto", "eq", "==", "ne", "!=", "in", "lt", "gt", "le", "ge", "lower", "upper", "callable",
    ];

    public static bool Holds(string name, object? value, Arguments arguments, Budget budget) => name switch
    {
        "defined" => value is not Undefined,
        "undefined" => value is Undefined,
        "none" => value is null,
        "string" => value is string,
        "number" => Values.IsNumber(value),
        "integer" => value is long,
        "float" => value is double,
        "boolean" => value is bool,
        "true" => value is true,
        "false" => value is false,
        "mapping" => value is OrderedDictionary<string, object?>,
        "iterable" => value is string or List<object?> or OrderedDictionary<string, object?> or Undefined,
        "sequence" => value is string or List<object?> or OrderedDictionary<string, object?> or Undefined,
        "odd" => Values.Whole(value) % 2 != 0,
        "even" => Values.Whole(value) % 2 == 0,
        "divisibleby" => Values.Whole(arguments.Take(0, "num")) is not 0 and var by ? Values.Whole(value) % by == 0 : throw Values.Failed("a division by zero"),
        "equalto" or "eq" or "==" => Values.Equal(value, arguments.Take(0, "other"), budget),
        "ne" or "!=" => !Values.Equal(value, arguments.Take(0, "other"), budget),
        "in" => Comparison.Contains(value, arguments.Take(0, "seq"), budget),
        "lt" => Values.Compare(value, arguments.Take(0, "other"), budget) < 0,
        "gt" => Values.Compare(value, arguments.Take(0, "other"), budget) > 0,
        "le" => Values.Compare(value, arguments.Take(0, "other"), budget) <= 0,
        "ge" => Values.Compare(value, arguments.Take(0, "other"), budget) >= 0,
        "lower" => Paid(value, budget) is var text && text.Any(char.IsLetter) && !text.Any(char.IsUpper),
        "upper" => Paid(value, budget) is var text && text.Any(char.IsLetter) && !text.Any(char.IsLower),
        _ => value is Method or Macro,
    };

    private static string Paid(object? value, Budget budget)
    {
        var text = Values.Text(value, budget);
        budget.Pay(text.Length);
        return text;
    }
}
