using System.Text;

namespace Niche.Inference.Text;

/// <summary>Collects token bytes and releases text once no stop string can begin in it.</summary>
internal sealed class TextBuffer(IReadOnlyList<string> stop)
{
    private const int MostOnStack = 256;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _held = new();
    private readonly int _hold = stop.Count == 0 ? 0 : stop.Max(s => s.Length) - 1;

    /// <summary>True once a stop string has been met.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes bytes; returns what may be shown.</summary>
    public string Add(ReadOnlySpan<byte> bytes) => Release(bytes, flush: false);

    /// <summary>Returns the rest.</summary>
    public string Finish() => Stopped ? "" : Release([], flush: true);

    private string Release(ReadOnlySpan<byte> bytes, bool flush)
    {
        var room = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        Span<char> chars = room <= MostOnStack ? stackalloc char[MostOnStack] : new char[room];
        chars = chars[.._utf8.GetChars(bytes, chars, flush)];
        // Nothing can stop it, so nothing is held.
        if (stop.Count == 0) return new string(chars);
        _held.Append(chars);
        var text = _held.ToString();
        var end = FirstStop(text);
        Stopped = end >= 0;
        if (!Stopped) end = flush ? text.Length : Math.Max(0, text.Length - _hold);
        _held.Remove(0, end);
        return text[..end];
    }

    private int FirstStop(string text)
    {
        var first = -1;
        foreach (var s in stop)
        {
            var at = text.IndexOf(s, StringComparison.Ordinal);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }
        return first;
    }
}
