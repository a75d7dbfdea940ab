using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Niche.TelegramStandIn.Text;

/// <summary>What people type: apps mark commands, mentions and addresses in it before they send it.</summary>
internal static partial class TypedText
{
    /// <summary>The entities that an app finds.</summary>
    public static JsonArray Entities(string text) => [.. Found(text).OrderBy(entity => (int)entity["offset"]!)];

    private static IEnumerable<JsonObject> Found(string text)
    {
        foreach (Match match in Command().Matches(text)) yield return Entity("bot_command", match);
        foreach (Match match in Mention().Matches(text)) yield return Entity("mention", match);
        foreach (Match match in Link().Matches(text)) yield return Entity("url", match);
    }

    private static JsonObject Entity(string type, Match match) => new() { ["type"] = type, ["offset"] = match.Index, ["length"] = match.Length };

    [GeneratedRegex(@"(?<=^|\s)/[A-Za-z0-9_]{1,64}(@[A-Za-z0-9_]{3,32})?(?![A-Za-z0-9_@/])")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<![A-Za-z0-9_/])@[A-Za-z0-9_]{3,32}(?![A-Za-z0-9_@])")]
    private static partial Regex Mention();

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
