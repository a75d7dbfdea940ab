using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Niche.TelegramStandIn.Description;

/// <summary>Limits and constants that the description only tells in words.</summary>
internal static partial class FieldRules
{
    /// <summary>What the words of a field forbid about a value; null when nothing. Lengths after parsing of entities are judged where entities are parsed.</summary>
    public static string? Broken(ApiField field, JsonNode value)
    {
        if (value.GetValueKind() == System.Text.Json.JsonValueKind.String)
        {
            string text = value.GetValue<string>();
            if (Constant().Match(field.Description) is { Success: true } constant && !field.Description.Contains(" or ", StringComparison.Ordinal))
                return text == constant.Groups[1].Value ? null : $"must be {constant.Groups[1].Value}";
            if (Length().Match(field.Description) is { Success: true } length && !field.Description.Contains("entit", StringComparison.Ordinal))
            {
                int size = length.Groups[3].Value[0] is 'b' or 'B' ? Encoding.UTF8.GetByteCount(text) : text.Length;
                return size < Number(length, 1) || size > Number(length, 2) ? $"has {size} {length.Groups[3].Value}, not {length.Groups[1].Value}-{length.Groups[2].Value}" : null;
            }
        }

        if (value is JsonArray list && Items().Match(field.Description) is { Success: true } items)
            return list.Count < Number(items, 1) || list.Count > Number(items, 2) ? $"has {list.Count} items, not {items.Groups[1].Value}-{items.Groups[2].Value}" : null;
        return null;
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex("""(?:must be|always) "?([a-z][a-z0-9_]*)"?$""")]
    private static partial Regex Constant();

    [GeneratedRegex(@"(\d+)-(\d+) ([Bb]ytes|characters)")]
    private static partial Regex Length();

    [GeneratedRegex(@"(?:list of|must include) (\d+)-(\d+) ")]
    private static partial Regex Items();
}
