using System.Net;
using System.Text.Json;

namespace Niche.Bots.Discord.Rest;

/// <summary>Discord's error answers as kinds. Source: discord-api-docs, JSON Error Codes.</summary>
internal static class DiscordErrors
{
    private const int MaxDetail = 400;

    public static DiscordError From(HttpStatusCode status, JsonElement body)
    {
        int code = body.ValueKind == JsonValueKind.Object && body.TryGetProperty("code", out JsonElement number)
            && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out int value) ? value : 0;
        return new DiscordError(KindOf(code, (int)status), (int)status, code, Describe(body));
    }

    private static DiscordErrorKind KindOf(int code, int status) => code switch
    {
        10008 => DiscordErrorKind.MessageGone,
        10003 or 10004 => DiscordErrorKind.ChannelGone,
        10015 or 10062 or 50027 => DiscordErrorKind.TokenVoid,
        40060 => DiscordErrorKind.AlreadyAnswered,
        40005 => DiscordErrorKind.TooLarge,
        50001 or 50007 or 50013 or 40001 or 50083 or 200000 => DiscordErrorKind.Forbidden,
        _ => status switch
        {
            401 => DiscordErrorKind.Unauthorized,
            403 => DiscordErrorKind.Forbidden,
            413 => DiscordErrorKind.TooLarge,
            429 => DiscordErrorKind.RateLimited,
            >= 500 => DiscordErrorKind.Unavailable,
            404 => DiscordErrorKind.ChannelGone,
            _ => DiscordErrorKind.Refused,
        },
    };

    // The paths of what was wrong are ours and safe; the values are not repeated by Discord.
    private static string Describe(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object) return "";
        string message = body.TryGetProperty("message", out JsonElement text) && text.ValueKind == JsonValueKind.String ? SafeText(text) : "";
        string errors = body.TryGetProperty("errors", out JsonElement details) ? details.GetRawText() : "";
        string all = errors.Length > 0 ? $"{message} {errors}" : message;
        return all.Length <= MaxDetail ? all : all[..MaxDetail];
    }

    private static string SafeText(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return "The message is no valid Unicode.";
        }
    }
}
