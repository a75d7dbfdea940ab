using System.Text.Json.Nodes;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Messages;

/// <summary>Forms as modals.</summary>
internal static class FormRenderer
{
    private const int MaxValue = 4000;

    /// <summary>Translates a form.</summary>
    public static JsonObject Render(Form form) => new()
    {
        ["custom_id"] = form.Id,
        ["title"] = ViewRenderer.Limit(Markdown.Clean(form.Title), 45),
        ["components"] = new JsonArray([.. form.Fields.Take(5).Select(Field)]),
    };

    private static JsonObject Field(FormField field)
    {
        int max = Math.Clamp(field.MaxLength, 1, MaxValue);
        string value = Markdown.Clean(field.Value);
        if (value.Length > max) value = value[..(char.IsHighSurrogate(value[max - 1]) ? max - 1 : max)];
        JsonObject input = new()
        {
            ["type"] = 4, ["custom_id"] = field.Id, ["style"] = field.Multiline ? 2 : 1, ["required"] = field.Required, ["max_length"] = max,
        };
        if (value.Length > 0) input["value"] = value;
        if (field.Placeholder is { Length: > 0 } placeholder) input["placeholder"] = ViewRenderer.Limit(Markdown.Clean(placeholder), 100);
        return new JsonObject { ["type"] = 18, ["label"] = ViewRenderer.Limit(Markdown.Clean(field.Label), 45), ["component"] = input };
    }
}
