using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// Synapse headers to and from name/value pairs: strict in what is written (ASCII, one line, at most 1,024 characters a value),
/// bounded in what is read. Unknown headers are passed over. Source: SDK 10.2.0, <c>Synapse.to_headers</c>, <c>parse_headers_to_inputs</c>.
/// </summary>
public static class SynapseHeaderCodec
{
    internal const int MaxValueLength = 1024;

    private static readonly SearchValues<char> Printable = SearchValues.Create(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).ToArray());

    /// <summary>The pairs in the order a stock dendrite sends them; unset values are left out.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Encode(SynapseHeaders headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        var pairs = new List<KeyValuePair<string, string>>(24);
        Add(pairs, SynapseHeaderNames.Name, headers.Name);
        Add(pairs, SynapseHeaderNames.Timeout, Text(headers.Timeout));
        AddTerminal(pairs, TerminalHeaderNames.Axon, headers.Axon);
        AddTerminal(pairs, TerminalHeaderNames.Dendrite, headers.Dendrite);
        foreach (var (field, json) in headers.InputObjects)
            Add(pairs, SynapseHeaderNames.InputPrefix + field, Convert.ToBase64String(Encoding.UTF8.GetBytes(json)));
        Add(pairs, SynapseHeaderNames.HeaderSize, Text(headers.HeaderSize));
        Add(pairs, SynapseHeaderNames.TotalSize, Text(headers.TotalSize));
        Add(pairs, SynapseHeaderNames.ComputedBodyHash, headers.ComputedBodyHash);
        Add(pairs, SynapseHeaderNames.BodySha256, headers.BodySha256);
        Add(pairs, SynapseHeaderNames.BodySignature, headers.BodySignature);
        return pairs;
    }

    /// <summary>
    /// The same with the two sizes that every stock message tells. There they are those of Python objects, and nobody looks at them; here
    /// <c>header_size</c> counts the characters of these headers and <c>total_size</c> adds the bytes of the body.
    /// </summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> EncodeSized(SynapseHeaders headers, long bodyBytes)
    {
        var pairs = (List<KeyValuePair<string, string>>)Encode(headers);
        long size = 0;
        foreach (var (name, value) in pairs) size += name.Length + value.Length;
        var at = pairs.FindIndex(pair => pair.Key == SynapseHeaderNames.ComputedBodyHash);
        pairs.InsertRange(
            at < 0 ? pairs.Count : at,
            [KeyValuePair.Create(SynapseHeaderNames.HeaderSize, Text(size)!), KeyValuePair.Create(SynapseHeaderNames.TotalSize, Text(size + bodyBytes)!)]);
        return pairs;
    }

    /// <summary>Reads what it knows. False, with the reason, when a known header has no readable value.</summary>
    public static bool TryDecode(
        IEnumerable<KeyValuePair<string, string>> pairs, out SynapseHeaders headers, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var parts = new SynapseHeaderParts();
        foreach (var (name, value) in pairs)
        {
            if (parts.TryRead(name, value, out error)) continue;
            headers = new SynapseHeaders();
            return false;
        }

        error = null;
        headers = parts.ToHeaders();
        return true;
    }

    private static void AddTerminal(List<KeyValuePair<string, string>> pairs, TerminalHeaderNames names, TerminalInfo info)
    {
        Add(pairs, names.StatusCode, Text(info.StatusCode));
        Add(pairs, names.StatusMessage, info.StatusMessage);
        Add(pairs, names.ProcessTime, Text(info.ProcessTime));
        Add(pairs, names.Ip, info.Ip);
        Add(pairs, names.Port, Text(info.Port));
        Add(pairs, names.Version, Text(info.Version));
        Add(pairs, names.Nonce, Text(info.Nonce));
        Add(pairs, names.Uuid, info.Uuid);
        Add(pairs, names.Hotkey, info.Hotkey);
        Add(pairs, names.Signature, info.Signature);
    }

    private static void Add(List<KeyValuePair<string, string>> pairs, string name, string? value)
    {
        if (value is not null) pairs.Add(KeyValuePair.Create(name, Clean(value)));
    }

    private static string? Text(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Text(double? value) => value is { } number ? PythonText.OfFloat(number) : null;

    private static string Clean(string value)
    {
        if (value.Length <= MaxValueLength && !value.AsSpan().ContainsAnyExcept(Printable)) return value;
        var cut = value.Length > MaxValueLength ? value[..MaxValueLength] : value;
        return string.Create(cut.Length, cut, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
        });
    }
}
