using System.Text;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Telegram.Bot.Types.ReplyMarkups;

namespace Niche.Bots.Telegram.Outgoing;

/// <summary>Buttons and menus as keyboards below a message.</summary>
internal static class Keyboard
{
    private const int MaxData = 64, MaxPlaceholder = 64, ShortLabel = 14;

    /// <summary>The keyboard of a view; null when it has none.</summary>
    public static InlineKeyboardMarkup? Of(View view)
    {
        List<InlineKeyboardButton[]> rows = [.. Menu(view.Menu)];
        foreach (IReadOnlyList<Button> row in view.Buttons)
        {
            // A button that cannot be pressed is not there: Telegram has none.
            InlineKeyboardButton[] buttons = [.. row.Where(button => !button.Disabled).Select(Of)];
            if (buttons.Length > 0) rows.Add(buttons);
        }

        return rows.Count == 0 ? null : new InlineKeyboardMarkup(rows);
    }

    /// <summary>What stands below a message that is sent: the keyboard, or the request for a reply.</summary>
    public static ReplyMarkup? Markup(View view)
    {
        if (view.AwaitReply is not { } placeholder) return Of(view);
        string shown = placeholder.Length <= MaxPlaceholder ? placeholder : string.Concat(placeholder.AsSpan(0, MaxPlaceholder - 1), "…");
        return new ForceReplyMarkup { InputFieldPlaceholder = shown.Length == 0 ? null : shown, Selective = true };
    }

    private static IEnumerable<InlineKeyboardButton[]> Menu(Menu? menu)
    {
        if (menu is null) return [];
        int perRow = menu.Entries.All(entry => entry.Label.Length <= ShortLabel) ? 2 : 1;
        return menu.Entries.Select(entry => Press((entry.Chosen ? "✓ " : "") + entry.Label, entry.Id)).Chunk(perRow);
    }

    private static InlineKeyboardButton Of(Button button)
    {
        string label = button.Emoji is { } emoji ? $"{emoji} {button.Label}".TrimEnd() : button.Label;
        InlineKeyboardButton made = button.Link is { } link ? new InlineKeyboardButton(label) { Url = link.AbsoluteUri } : Press(label, button.Id);
        made.Style = button.Style switch
        {
            ButtonStyle.Primary => KeyboardButtonStyle.Primary,
            ButtonStyle.Danger => KeyboardButtonStyle.Danger,
            _ => null,
        };
        return made;
    }

    private static InlineKeyboardButton Press(string label, string id) => Encoding.UTF8.GetByteCount(id) is >= 1 and <= MaxData
        ? new InlineKeyboardButton(label) { CallbackData = id }
        : throw new PlatformException(PlatformFault.Refused, "The id of a button must have 1 to 64 bytes.");
}
