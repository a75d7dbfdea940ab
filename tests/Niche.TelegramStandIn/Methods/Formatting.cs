using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Text;
using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Texts and captions of calls, parsed and measured as the server does.</summary>
internal static class Formatting
{
    /// <summary>Longest text of a message in characters after parsing.</summary>
    public const int MaxText = 4096;

    /// <summary>Longest caption in characters after parsing.</summary>
    public const int MaxCaption = 1024;

    /// <summary>Parses a text; the refusal when the server would not take it.</summary>
    public static (FormattedText Text, ApiAnswer? Refusal) Read(string? text, string? mode, JsonNode? entities, int max, string tooLong)
    {
        try
        {
            FormattedText read = mode?.ToUpperInvariant() switch
            {
                null or "" => new FormattedText(text ?? "", entities as JsonArray ?? []),
                "HTML" => HtmlReader.Read(text ?? ""),
                // The older modes are real, but nothing here speaks them: a test that comes upon this must learn it.
                _ => throw new EntityException("unsupported parse_mode"),
            };
            return read.Plain.Length > max ? (read, ApiAnswer.Bad(tooLong)) : (read, null);
        }
        catch (EntityException e)
        {
            return (new FormattedText("", []), ApiAnswer.Bad(e.Message));
        }
    }

    /// <summary>The text of a call.</summary>
    public static (FormattedText Text, ApiAnswer? Refusal) Text(ApiCall call)
    {
        (FormattedText text, ApiAnswer? refusal) = Read(call.Text("text"), call.Text("parse_mode"), call.Json("entities"), MaxText, "message is too long");
        return (text, refusal ?? (string.IsNullOrWhiteSpace(text.Plain) ? ApiAnswer.Bad("message text is empty") : null));
    }

    /// <summary>The caption of a call or of one item of an album.</summary>
    public static (FormattedText Text, ApiAnswer? Refusal) Caption(string? caption, string? mode, JsonNode? entities) =>
        Read(caption, mode, entities, MaxCaption, "message caption is too long");

    /// <summary>Writes a text into a message.</summary>
    public static void Set(JsonObject message, string name, FormattedText text)
    {
        string entities = name == "text" ? "entities" : "caption_entities";
        message.Remove(name);
        message.Remove(entities);
        if (text.Plain.Length == 0) return;
        message[name] = text.Plain;
        if (text.Entities.Count > 0) message[entities] = text.Entities.DeepClone();
    }
}
