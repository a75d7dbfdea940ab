using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// Python's <c>str()</c> of a field's value, which is what stock peers hash (bittensor SDK, <c>Synapse.body_hash</c>). Characters that Unicode got
/// after the peer's Python was made are the one thing that can differ, inside lists and dictionaries: that Python escapes them.
/// </summary>
internal static class PythonText
{
    private const int MaxDepth = 64;

    public static string Of(object? value) => value switch
    {
        string text => text,
        LargeText text => text.ToString(),
        byte[] bytes => Convert.ToBase64String(bytes),
        JsonElement { ValueKind: JsonValueKind.String } element => element.GetString()!,
        _ => Repr(value),
    };

    /// <summary>Python's <c>repr(float)</c>: shortest round trip, exponent below 1e-4 and from 1e16.</summary>
    public static string OfFloat(double value)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";

        var (digits, exponent) = Decompose(value.ToString("R", CultureInfo.InvariantCulture));
        var sign = double.IsNegative(value) ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        var padded = digits.PadRight(exponent + 1, '0');
        var tail = padded.Length > exponent + 1 ? padded[(exponent + 1)..] : "0";
        return $"{sign}{padded[..(exponent + 1)]}.{tail}";
    }

    // "-1.25E-07", "0.00125" or "1250" as significant digits without outer zeros, and the decimal exponent of the first of them.
    private static (string Digits, int Exponent) Decompose(string text)
    {
        var e = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = (e < 0 ? text : text[..e]).TrimStart('-');
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leading = all.Length - all.TrimStart('0').Length;
        var digits = all.Trim('0');
        return digits.Length == 0 ? ("0", 0) : (digits, exponent + whole - leading - 1);
    }

    private static string Repr(object? value)
    {
        var output = new StringBuilder();
        Append(output, value, 0);
        return output.ToString();
    }

    private static void Append(StringBuilder output, object? value, int depth)
    {
        if (depth > MaxDepth) throw new JsonException($"A required hash field is nested deeper than {MaxDepth} levels.");
        switch (value)
        {
            case null: output.Append("None"); break;
            case bool truth: output.Append(truth ? "True" : "False"); break;
            case string or LargeText or byte[]: AppendQuoted(output, Of(value)); break;
            case double number: output.Append(OfFloat(number)); break;

            // A peer reads the shortest text of the single as a double, so that is the number both ends hash.
            case float number: output.Append(OfFloat(double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or BigInteger:
                output.Append(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture));
                break;
            case JsonElement element: AppendElement(output, element, depth); break;
            case IDictionary map: AppendMap(output, Entries(map), depth); break;
            case IEnumerable list: AppendList(output, list, depth); break;
            default: AppendMap(output, Properties(value), depth); break;
        }
    }

    private static void AppendElement(StringBuilder output, JsonElement element, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: AppendMap(output, element.EnumerateObject().Select(p => (p.Name, (object?)p.Value)), depth); break;
            case JsonValueKind.Array: AppendList(output, element.EnumerateArray(), depth); break;
            case JsonValueKind.String: AppendQuoted(output, element.GetString()!); break;
            case JsonValueKind.Number: AppendNumber(output, element.GetRawText()); break;
            default: Append(output, element.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null }, depth); break;
        }
    }

    private static void AppendNumber(StringBuilder output, string raw)
    {
        if (raw.AsSpan().ContainsAny(".eE")) output.Append(OfFloat(double.Parse(raw, CultureInfo.InvariantCulture)));
        else output.Append(raw == "-0" ? "0" : raw);
    }

    private static void AppendList(StringBuilder output, IEnumerable items, int depth)
    {
        var separator = "[";
        foreach (var item in items)
        {
            output.Append(separator);
            Append(output, item, depth + 1);
            separator = ", ";
        }

        output.Append(separator == "[" ? "[]" : "]");
    }

    private static void AppendMap(StringBuilder output, IEnumerable<(string Key, object? Value)> entries, int depth)
    {
        var separator = "{";
        foreach (var (key, value) in entries)
        {
            output.Append(separator);
            AppendQuoted(output, key);
            output.Append(": ");
            Append(output, value, depth + 1);
            separator = ", ";
        }

        output.Append(separator == "{" ? "{}" : "}");
    }

    private static IEnumerable<(string Key, object? Value)> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map) yield return (Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value);
    }

    private static IEnumerable<(string Key, object? Value)> Properties(object value)
    {
        JsonTypeInfo type = SynapseJson.Options.GetTypeInfo(value.GetType());
        if (type.Kind != JsonTypeInfoKind.Object)
            throw new NotSupportedException($"{value.GetType()} has no Python text; use a string, a number, a list or a record as a required hash field.");
        foreach (var property in type.Properties)
            if (property.Get is { } get)
                yield return (property.Name, get(value));
    }

    private static void AppendQuoted(StringBuilder output, string text)
    {
        var quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        output.Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == quote || c == '\\') output.Append('\\').Append(c);
            else if (c == '\n') output.Append("\\n");
            else if (c == '\r') output.Append("\\r");
            else if (c == '\t') output.Append("\\t");
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) AppendRune(output, char.ConvertToUtf32(c, text[++i]));
            else AppendRune(output, c);
        }

        output.Append(quote);
    }

    private static void AppendRune(StringBuilder output, int codePoint)
    {
        var printable = codePoint == ' ' || CharUnicodeInfo.GetUnicodeCategory(codePoint) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
        if (printable) output.Append(char.ConvertFromUtf32(codePoint));
        else if (codePoint <= 0xFF) output.Append(CultureInfo.InvariantCulture, $"\\x{codePoint:x2}");
        else if (codePoint <= 0xFFFF) output.Append(CultureInfo.InvariantCulture, $"\\u{codePoint:x4}");
        else output.Append(CultureInfo.InvariantCulture, $"\\U{codePoint:x8}");
    }
}
