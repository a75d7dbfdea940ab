namespace Niche.Inference.Chat.Templates;

/// <summary>The <c>loop</c> of a for statement.</summary>
internal sealed class LoopState(List<object?> items)
{
    /// <summary>The place, from 0.</summary>
    public int Index { get; set; }

    /// <summary>A property; null when there is none of that name.</summary>
    public (bool Known, object? Value) Find(string name) => name switch
    {
        "index" => (true, (long)Index + 1),
        "index0" => (true, (long)Index),
        "revindex" => (true, (long)items.Count - Index),
        "revindex0" => (true, (long)items.Count - Index - 1),
        "first" => (true, Index == 0),
        "last" => (true, Index == items.Count - 1),
        "length" => (true, (long)items.Count),
        "previtem" => (true, Index > 0 ? items[Index - 1] : new Undefined("previtem")),
        "nextitem" => (true, Index + 1 < items.Count ? items[Index + 1] : new Undefined("nextitem")),
        _ => (false, null),
    };
}
