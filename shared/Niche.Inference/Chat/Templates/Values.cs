using System.Globalization;
using System.Text.Json;

namespace Niche.Inference.Chat.Templates;

/// <summary>
/// The values of a template and what Python does with them: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>,
/// <see cref="List{T}"/> (a <see cref="Pair"/> for a tuple), <see cref="OrderedDictionary{TKey,TValue}"/>, <see cref="NameSpace"/>, <see cref="LoopState"/>, <see cref="Undefined"/>.
/// </summary>
internal static class Values
{
    private const int Deepest = 64;

    /// <summary>A JSON value.</summary>
    public static object? Of(JsonElement json, Budget budget)
    {
        budget.Pay(Budget.Step);
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
                foreach (var property in json.EnumerateObject()) map[property.Name] = Of(property.Value, budget);
                return map;
            case JsonValueKind.Array:
                return json.EnumerateArray().Select(item => Of(item, budget)).ToList();
            case JsonValueKind.String:
                budget.Pay(json.GetString()!.Length);
                return json.GetString();
            case JsonValueKind.Number:
                return json.TryGetInt64(out var whole) ? whole : (object)json.GetDouble();
            case JsonValueKind.True or JsonValueKind.False:
                return json.GetBoolean();
            default:
                return null;
        }
    }

    public static bool Truth(object? value) => value switch
    {
        null or Undefined => false,
        bool b => b,
        long n => n != 0,
        double d => d != 0,
        string s => s.Length > 0,
        List<object?> list => list.Count > 0,
        OrderedDictionary<string, object?> map => map.Count > 0,
        _ => true,
    };

    public static bool Equal(object? left, object? right, Budget budget, int depth = 0)
    {
        budget.Pay(Budget.Step);
        if (depth > Deepest) throw Failed("a value is nested too deep to be compared");
        return (left, right) switch
        {
            (null, null) or (Undefined, Undefined) => true,
            (string a, string b) => Same(a, b, budget),
            (List<object?> a, List<object?> b) => a is Pair == b is Pair && a.Count == b.Count && a.Zip(b).All(pair => Equal(pair.First, pair.Second, budget, depth + 1)),
            (OrderedDictionary<string, object?> a, OrderedDictionary<string, object?> b) =>
                a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Equal(pair.Value, other, budget, depth + 1)),
            (NameSpace, _) or (LoopState, _) => ReferenceEquals(left, right),
            _ when IsNumber(left) && IsNumber(right) => Number(left) == Number(right),
            _ => false,
        };
    }

    /// <summary>Order of two numbers or two texts.</summary>
    public static int Compare(object? left, object? right, Budget budget) => (left, right) switch
    {
        (string a, string b) => Order(a, b, budget),
        _ when IsNumber(left) && IsNumber(right) => Number(left).CompareTo(Number(right)),
        _ => throw Failed($"{NameOf(left)} and {NameOf(right)} have no order"),
    };

    public static bool IsNumber(object? value) => value is bool or long or double;

    public static double Number(object? value) => value switch
    {
        bool b => b ? 1 : 0,
        long n => n,
        double d => d,
        _ => throw Failed($"{NameOf(value)} is no number"),
    };

    /// <summary>A whole number, also of true and false.</summary>
    public static long Whole(object? value) => value switch
    {
        long n => n,
        bool b => b ? 1 : 0,
        _ => throw Failed($"{NameOf(value)} is no whole number"),
    };

    /// <summary>What a loop runs over.</summary>
    public static IEnumerable<object?> Items(object? value) => value switch
    {
        List<object?> list => list,
        OrderedDictionary<string, object?> map => map.Keys,
        string text => PythonText.Characters(text),
        Undefined => [],
        _ => throw Failed($"{NameOf(value)} is nothing to loop over"),
    };

    /// <summary>Number of elements or characters.</summary>
    public static long Length(object? value) => value switch
    {
        string text => PythonText.Length(text),
        List<object?> list => list.Count,
        OrderedDictionary<string, object?> map => map.Count,
        Undefined => 0,
        _ => throw Failed($"{NameOf(value)} has no length"),
    };

    /// <summary>What printing shows.</summary>
    public static string Text(object? value, Budget budget) => value switch
    {
        string text => text,
        Undefined => "",
        long n => n.ToString(CultureInfo.InvariantCulture),
        _ => new ValueWriter(budget).Python(value),
    };

    /// <summary>What a value is, for messages.</summary>
    public static string NameOf(object? value) => value switch
    {
        null => "none",
        Undefined u => $"'{u.Name}', which is undefined,",
        bool => "a truth value",
        long or double => "a number",
        string => "a text",
        List<object?> => "a list",
        OrderedDictionary<string, object?> => "a mapping",
        Macro => "a macro",
        _ => "an object",
    };

    /// <summary>The error of a template that met what it cannot handle.</summary>
    public static ChatTemplateException Failed(string what) => new("template_failed", $"The chat template fails: {what}.");

    private static bool Same(string a, string b, Budget budget)
    {
        if (a.Length != b.Length) return false;
        budget.Pay(a.Length / 8);
        return string.Equals(a, b, StringComparison.Ordinal);
    }

    private static int Order(string a, string b, Budget budget)
    {
        budget.Pay(Math.Min(a.Length, b.Length) / 8);
        return string.CompareOrdinal(a, b);
    }
}
