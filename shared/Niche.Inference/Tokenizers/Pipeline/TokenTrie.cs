namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>Finds the longest of many strings at a place of a text.</summary>
internal sealed class TokenTrie
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly List<int> _ids = [-1];

    public bool Empty => _edges.Count == 0;

    /// <summary>Adds a string; the first of equals stays.</summary>
    public void Add(string text, int id)
    {
        var node = 0;
        foreach (var c in text)
        {
            if (!_edges.TryGetValue((node, c), out var next))
            {
                next = _ids.Count;
                _ids.Add(-1);
                _edges.Add((node, c), next);
            }
            node = next;
        }
        if (_ids[node] < 0) _ids[node] = id;
    }

    /// <summary>The longest string that the text begins with; length 0 when there is none.</summary>
    public (int Length, int Id) Longest(ReadOnlySpan<char> text)
    {
        var (node, found) = (0, (Length: 0, Id: -1));
        for (var i = 0; i < text.Length && _edges.TryGetValue((node, text[i]), out node); i++)
        {
            if (_ids[node] >= 0) found = (i + 1, _ids[node]);
        }
        return found;
    }

    /// <summary>Every string that the text begins with, the shortest first.</summary>
    public IEnumerable<(int Length, int Id)> All(string text, int at)
    {
        var node = 0;
        for (var i = at; i < text.Length && _edges.TryGetValue((node, text[i]), out node); i++)
        {
            if (_ids[node] >= 0) yield return (i + 1 - at, _ids[node]);
        }
    }
}
