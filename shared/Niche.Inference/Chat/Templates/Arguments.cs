namespace Niche.Inference.Chat.Templates;

/// <summary>What a call was given.</summary>
internal sealed class Arguments(string callee, IReadOnlyList<object?> placed, IReadOnlyDictionary<string, object?> named)
{
    private int _most;

    public IReadOnlyList<object?> Placed => placed;

    public IReadOnlyDictionary<string, object?> Named => named;

    /// <summary>An argument by place and name; the default when it is absent.</summary>
    public object? Take(int place, string name, object? otherwise = null)
    {
        _most = Math.Max(_most, place + 1);
        return place < placed.Count ? placed[place] : named.TryGetValue(name, out var value) ? value : otherwise;
    }

    /// <summary>An argument that must be a text, or absent.</summary>
    public string? Text(int place, string name) => Take(place, name) switch
    {
        null => null,
        string text => text,
        var other => throw Values.Failed($"{callee} takes a text for '{name}', not {Values.NameOf(other)}"),
    };

    /// <summary>An argument that must be there and a text.</summary>
    public string NeedText(int place, string name) => Text(place, name) ?? throw Values.Failed($"{callee} needs '{name}'");

    /// <summary>Whether an argument is there.</summary>
    public bool Given(int place, string name) => place < placed.Count || named.ContainsKey(name);

    /// <summary>Refuses what nobody takes.</summary>
    public void Done(ReadOnlySpan<string> names, int most)
    {
        _most = most;
        Done(names);
    }

    /// <summary>Refuses what nobody took.</summary>
    public void Done(params ReadOnlySpan<string> names)
    {
        if (placed.Count > _most) throw Values.Failed($"{callee} takes {_most} arguments, not {placed.Count}");
        foreach (var name in named.Keys) if (!names.Contains(name)) throw Values.Failed($"{callee} takes no argument '{name}'");
    }
}
