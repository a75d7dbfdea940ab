using System.Text.Json.Nodes;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Messages;

/// <summary>
/// Views as components of the second kind: a coloured container with text, a gallery, rows of buttons. Keeps every limit of the API: 4000 characters of text in all, 40
/// components, 5 rows of 5, labels of 80, 10 files. Nobody is ever pinged.
/// </summary>
internal static class ViewRenderer
{
    /// <summary>Flag of messages made of components.</summary>
    public const int ComponentsFlag = 1 << 15;

    /// <summary>Flag of messages that only one person sees.</summary>
    public const int EphemeralFlag = 1 << 6;

    private const int MaxText = 4000;
    private const int MaxTitle = 256;
    private const int MaxFooter = 300;
    private const int MaxFields = 1500;
    private const int MaxRows = 5;
    private const int MaxInRow = 5;
    private const int MaxPictures = 10;

    /// <summary>Translates a view.</summary>
    public static RenderedView Render(View view)
    {
        Picture[] pictures = [.. view.Pictures.Take(MaxPictures)];
        string[] names = [.. pictures.Select((picture, i) => NameOf(picture, i, pictures.Length))];
        JsonArray inner = [];
        string footer = string.IsNullOrWhiteSpace(view.Footer) ? "" : "-# " + Markdown.Write(RichText.Plain(view.Footer.ReplaceLineEndings(" ")), MaxFooter);
        string fields = Fields(view.Fields);
        AddText(inner, Main(view, MaxText - footer.Length - fields.Length));
        if (pictures.Length > 0) inner.Add(Gallery(pictures, names));
        AddText(inner, fields);
        AddText(inner, footer);
        if (inner.Count == 0) AddText(inner, "-");
        if (view.Menu is { Entries.Count: > 0 } menu) inner.Add(Row([Select(menu)]));
        foreach (IReadOnlyList<Button> row in Rows(view)) inner.Add(Row(row.Select(Press)));
        JsonObject container = new() { ["type"] = 17, ["components"] = inner };
        if (ColourOf(view.Tone) is { } colour) container["accent_color"] = colour;
        JsonObject json = new()
        {
            ["flags"] = ComponentsFlag,
            ["components"] = new JsonArray(container),
            ["allowed_mentions"] = new JsonObject { ["parse"] = new JsonArray() },
        };
        return new RenderedView(json, pictures, names);
    }

    private static string Main(View view, int max)
    {
        string title = string.IsNullOrWhiteSpace(view.Title) ? "" : Markdown.Write(new RichText([new Span(view.Title.ReplaceLineEndings(" "), SpanStyle.Bold)]), MaxTitle);
        string body = Markdown.Write(view.Body, max - title.Length - 1).Trim('\n');
        return title.Length == 0 ? body : body.Length == 0 ? title : $"{title}\n{body}";
    }

    private static string Fields(IReadOnlyList<ViewField> fields)
    {
        List<string> lines = [];
        int left = MaxFields;
        foreach (ViewField field in fields.Where(field => field.Name.Length > 0 && !field.Value.IsEmpty))
        {
            string line = Markdown.Write(new RichText([new Span(field.Name, SpanStyle.Bold), new Span(" "), .. field.Value.Spans]), Math.Min(left, 400)).Trim('\n');
            lines.Add(line);
            left -= line.Length + 1;
            if (left < 16) break;
        }

        return string.Join('\n', lines);
    }

    private static void AddText(JsonArray inner, string text)
    {
        if (!string.IsNullOrWhiteSpace(text)) inner.Add(new JsonObject { ["type"] = 10, ["content"] = text });
    }

    private static JsonObject Gallery(Picture[] pictures, string[] names)
    {
        JsonArray items = [];
        for (int i = 0; i < pictures.Length; i++)
        {
            JsonObject item = new() { ["media"] = new JsonObject { ["url"] = "attachment://" + names[i] } };
            if (Limit(Markdown.Clean(pictures[i].Description), 1024) is { Length: > 0 } words) item["description"] = words;
            if (pictures[i].Spoiler) item["spoiler"] = true;
            items.Add(item);
        }

        return new JsonObject { ["type"] = 12, ["items"] = items };
    }

    // Longer rows go on in the next; what is beyond five rows cannot be shown.
    private static IEnumerable<IReadOnlyList<Button>> Rows(View view) =>
        view.Buttons.SelectMany(row => row.Chunk(MaxInRow)).Take(view.Menu is null ? MaxRows : MaxRows - 1);

    private static JsonObject Row(IEnumerable<JsonNode> components) => new() { ["type"] = 1, ["components"] = new JsonArray([.. components]) };

    private static JsonObject Press(Button button)
    {
        JsonObject json = new() { ["type"] = 2, ["style"] = button.Link is not null ? 5 : button.Style switch { ButtonStyle.Primary => 1, ButtonStyle.Danger => 4, _ => 2 } };
        if (button.Link is { } link) json["url"] = link.AbsoluteUri;
        else json["custom_id"] = button.Id;
        if (Limit(Markdown.Clean(button.Label), 80) is { Length: > 0 } label) json["label"] = label;
        if (button.Emoji is { } emoji) json["emoji"] = new JsonObject { ["name"] = emoji };
        if (button.Disabled) json["disabled"] = true;
        return json;
    }

    private static JsonObject Select(Menu menu)
    {
        JsonArray options = [];
        bool isChosen = false;
        // Discord refuses the whole message for a value that is there twice.
        foreach (MenuEntry entry in menu.Entries.DistinctBy(entry => entry.Id).Take(25))
        {
            JsonObject option = new() { ["label"] = Limit(Markdown.Clean(entry.Label), 100), ["value"] = entry.Id };
            if (entry.Description is { Length: > 0 } description) option["description"] = Limit(Markdown.Clean(description), 100);
            // One choice is allowed, so one may be marked.
            if (entry.Chosen && !isChosen) option["default"] = isChosen = true;
            options.Add(option);
        }

        return new JsonObject { ["type"] = 3, ["custom_id"] = menu.Id, ["placeholder"] = Limit(Markdown.Clean(menu.Placeholder), 150), ["options"] = options };
    }

    private static int? ColourOf(Tone tone) => tone switch
    {
        Tone.Busy => 0x5865f2,
        Tone.Good => 0x3ba55d,
        Tone.Warning => 0xfaa61a,
        Tone.Bad => 0xed4245,
        _ => null,
    };

    // Numbered, so that no two files of a message have one name.
    private static string NameOf(Picture picture, int index, int count)
    {
        string name = FileNames.Safe(picture.FileName);
        string unique = count == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)}-{index + 1}{Path.GetExtension(name)}";
        return picture.Spoiler ? "SPOILER_" + unique : unique;
    }

    internal static string Limit(string text, int max)
    {
        if (text.Length <= max) return text;
        int end = char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1;
        return text[..end] + "…";
    }
}
