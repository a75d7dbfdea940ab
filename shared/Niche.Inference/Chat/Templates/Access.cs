namespace Niche.Inference.Chat.Templates;

/// <summary><c>value.name</c>: an attribute, else an element of that name.</summary>
internal sealed class Attribute(Expression target, string name) : Expression
{
    protected override object? Evaluate(Rendering run) => Of(target.Value(run), name);

    public static object? Of(object? value, string name) => value switch
    {
        Undefined u => throw Values.Failed($"'{u.Name}' is undefined and has no '{name}'"),
        OrderedDictionary<string, object?> map when !Methods.OfMaps.Contains(name) => map.TryGetValue(name, out var item) ? item : new Undefined(name),
        NameSpace space => space.Values.TryGetValue(name, out var item) ? item : new Undefined(name),
        LoopState loop when loop.Find(name) is (true, var item) => item,
        string when Methods.OfTexts.Contains(name) => new Method(value, name),
        OrderedDictionary<string, object?> => new Method(value, name),
        LoopState when name == "cycle" => new Method(value, name),
        _ => new Undefined(name),
    };
}

/// <summary><c>value[index]</c>.</summary>
internal sealed class Element(Expression target, Expression index) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var value = target.Value(run);
        if (value is string text) run.Budget.Pay(text.Length);
        return Of(value, index.Value(run));
    }

    private static object? Of(object? value, object? index)
    {
        switch (value)
        {
            case Undefined u:
                throw Values.Failed($"'{u.Name}' is undefined and has no elements");
            case OrderedDictionary<string, object?> map:
                return index is string key && map.TryGetValue(key, out var item) ? item : new Undefined($"{index}");
            case List<object?> list when index is long or bool:
                var place = Values.Whole(index) is var n && n < 0 ? n + list.Count : n;
                return place >= 0 && place < list.Count ? list[(int)place] : new Undefined("an element of a list");
            case string text when index is long or bool:
                var characters = PythonText.Characters(text).ToList();
                return Of(characters.ConvertAll(character => (object?)character), index);
            default:
                return index is string name ? Attribute.Of(value, name) : new Undefined("an element");
        }
    }
}

/// <summary><c>value[from:to:step]</c>.</summary>
internal sealed class Slice(Expression target, Expression? from, Expression? to, Expression? step) : Expression
{
    protected override object? Evaluate(Rendering run)
    {
        var value = target.Value(run);
        var (first, last, stride) = (Bound(from, run), Bound(to, run), Bound(step, run) ?? 1);
        if (stride == 0) throw Values.Failed("a slice with step 0");
        var length = Values.Length(value);
        run.Budget.Pay(length);
        switch (value)
        {
            case string text:
                var characters = PythonText.Characters(text).ToList();
                return string.Concat(Places(first, last, stride, length).Select(place => characters[(int)place]));
            case List<object?> list:
                return Places(first, last, stride, length).Select(place => list[(int)place]).ToList();
            default:
                throw Values.Failed($"{Values.NameOf(value)} cannot be sliced");
        }
    }

    private static long? Bound(Expression? part, Rendering run) => part?.Value(run) is { } value ? Values.Whole(value) : null;

    // As Python's slice.indices.
    private static IEnumerable<long> Places(long? from, long? to, long step, long length)
    {
        var (lowest, highest) = step > 0 ? (0L, length) : (-1L, length - 1);
        var start = from is { } f ? Math.Clamp(f < 0 ? f + length : f, lowest, highest) : step > 0 ? lowest : highest;
        var stop = to is { } t ? Math.Clamp(t < 0 ? t + length : t, lowest, highest) : step > 0 ? highest : lowest;
        for (var place = start; step > 0 ? place < stop : place > stop;)
        {
            yield return place;
            // Further than the end is the end.
            if (step > length || step < -length) yield break;
            place += step;
        }
    }
}
