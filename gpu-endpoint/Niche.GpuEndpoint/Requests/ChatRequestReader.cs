using System.Text.Json;
using Niche.GpuEndpoint.Chats;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Chat;
using Niche.Inference.Models;
using Niche.Inference.Text;

namespace Niche.GpuEndpoint.Requests;

/// <summary>
/// Checks the body of <c>/v1/chat/completions</c>. A model without a chat template continues the last message of the user.
/// </summary>
internal static class ChatRequestReader
{
    private const int MostMessages = 512;
    private const int MostVariables = 32;

    public static TextJob Read(FieldReader fields, ModelStore store, ChatPrompts prompts)
    {
        var folder = TextRequestReader.Model(fields, store);
        var chat = Chat(fields);
        fields.ThrowIfAny();
        var elsewhere = folder.Manifest.PassThrough is not null;
        var prompt = elsewhere ? null : prompts.Of(folder, chat!);
        var most = TextRequestReader.MostCharacters(folder.Manifest);
        // A server that is passed the chat has its own template: only the size is known here.
        var text = prompt ?? (elsewhere ? "" : LastOfUser(chat!, fields));
        var length = elsewhere ? chat!.Messages.GetRawText().Length : text.Length;
        if (length > most) fields.Add("messages", "prompt_too_long", $"make a prompt of {length} characters; at most {most} are allowed", max: most);
        var limit = fields.Find("max_completion_tokens") is null ? "max_tokens" : "max_completion_tokens";
        return TextRequestReader.Read(fields, folder, limit, text) is var job && prompt is null
            ? job with { Chat = chat }
            : job with { Chat = chat, Request = job.Request with { StartToken = false } };
    }

    private static ChatPrompt? Chat(FieldReader fields)
    {
        if (fields.Find("messages") is not { ValueKind: JsonValueKind.Array } messages || messages.GetArrayLength() is 0 or > MostMessages)
        {
            fields.Add("messages", "messages_invalid", $"must be a list of 1 to {MostMessages} messages");
            return null;
        }
        using var written = new MemoryStream();
        using (var writer = new Utf8JsonWriter(written))
        {
            writer.WriteStartArray();
            var number = 0;
            foreach (var message in messages.EnumerateArray())
            {
                if (!Write(writer, message, $"messages[{number++}]", fields)) return null;
            }
            writer.WriteEndArray();
        }
        using var document = JsonDocument.Parse(written.ToArray());
        return new ChatPrompt(document.RootElement.Clone())
        {
            AddGenerationPrompt = fields.Find("add_generation_prompt") is null || fields.Flag("add_generation_prompt"),
            Variables = Variables(fields),
        };
    }

    // A message as it came, with its parts joined; false when it is none.
    private static bool Write(Utf8JsonWriter writer, JsonElement message, string at, FieldReader fields)
    {
        if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || JsonText.Read(role) is not { Length: > 0 and <= 64 } || !WellFormed(message))
        {
            fields.Add(at, "message_invalid", "must be an object with a role, and without half surrogate pairs");
            return false;
        }
        var properties = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        // What is said twice counts as it was said last.
        foreach (var property in message.EnumerateObject()) properties[property.Name] = property.Value;
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            writer.WritePropertyName(name);
            if (name != "content" || value.ValueKind != JsonValueKind.Array)
            {
                value.WriteTo(writer);
                continue;
            }
            if (Joined(value) is not { } text)
            {
                fields.Add($"{at}.content", "content_unsupported", "must be a text or a list of text parts: this model reads only text");
                return false;
            }
            writer.WriteStringValue(text);
        }
        writer.WriteEndObject();
        return true;
    }

    // Parts of text as one text, which is what templates expect.
    private static string? Joined(JsonElement parts)
    {
        var texts = parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.Object && part.TryGetProperty("type", out var type) && JsonText.Read(type) is "text"
            && part.TryGetProperty("text", out var text) ? JsonText.Read(text) : null).ToArray();
        return texts.Contains(null) ? null : string.Join('\n', texts);
    }

    private static Dictionary<string, JsonElement> Variables(FieldReader fields)
    {
        var variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (fields.Find("tools") is { } tools)
        {
            if (tools.ValueKind == JsonValueKind.Array && WellFormed(tools)) variables["tools"] = tools;
            else fields.Wrong("tools", "a list", 0);
        }
        if (fields.Find("chat_template_kwargs") is not { } more) return variables;
        if (more.ValueKind != JsonValueKind.Object || more.EnumerateObject().Count() > MostVariables || !WellFormed(more))
            return fields.Wrong("chat_template_kwargs", $"an object of up to {MostVariables} values", variables);
        foreach (var variable in more.EnumerateObject()) variables[variable.Name] = variable.Value;
        return variables;
    }

    private static string LastOfUser(ChatPrompt chat, FieldReader fields)
    {
        var last = chat.Messages.EnumerateArray().LastOrDefault(message => message.GetProperty("role").ValueEquals("user"));
        if (last.ValueKind == JsonValueKind.Object && last.TryGetProperty("content", out var content) && JsonText.Read(content) is { } text) return text;
        fields.Add("messages", "messages_invalid", "need a message of the user: this model has no chat template and continues the last one");
        return "";
    }

    // JSON may escape half of a surrogate pair: nothing behind this can write such a text.
    private static bool WellFormed(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonText.Read(value) is not null,
        JsonValueKind.Array => value.EnumerateArray().All(WellFormed),
        JsonValueKind.Object => value.EnumerateObject().All(property => WellFormedName(property) && WellFormed(property.Value)),
        _ => true,
    };

    private static bool WellFormedName(JsonProperty property)
    {
        try
        {
            return property.Name is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
