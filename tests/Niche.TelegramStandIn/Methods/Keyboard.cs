using System.Text;
using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.Methods;

/// <summary>The server's rules on keyboards below messages.</summary>
internal static class Keyboard
{
    private const int MaxData = 64, MaxButtons = 100, MaxRow = 8;

    /// <summary>Why a markup is refused; null when it is fine or absent.</summary>
    public static ApiAnswer? Refuse(JsonNode? markup)
    {
        if (markup?["inline_keyboard"] is not JsonArray rows) return null;
        JsonNode[] buttons = [.. rows.SelectMany(row => row!.AsArray()).Select(button => button!)];
        if (buttons.Length > MaxButtons || rows.Any(row => row!.AsArray().Count > MaxRow)) return ApiAnswer.Bad("reply markup is too long");
        if (buttons.Any(button => string.IsNullOrWhiteSpace((string?)button["text"]))) return ApiAnswer.Bad("text buttons are unallowed in the inline keyboard");
        if (buttons.Any(button => button["callback_data"] is { } data && Encoding.UTF8.GetByteCount((string)data!) is 0 or > MaxData)) return ApiAnswer.Bad("BUTTON_DATA_INVALID");
        return buttons.Any(button => button.AsObject().Count(member => member.Key is not ("text" or "style" or "icon_custom_emoji_id")) != 1)
            ? ApiAnswer.Bad("text buttons are unallowed in the inline keyboard") : null;
    }
}
