using System.Globalization;
using System.Text.Json;

namespace Niche.Bots.Discord.Interactions;

/// <summary>
/// Reads interactions. Everything is bounded by Discord's own limits, unknown members are passed over, and what does not fit is a
/// <see cref="DiscordFormatException"/>.
/// </summary>
public static class InteractionReader
{
    /// <summary>Largest body that is read, bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxOptions = 25;
    private const int BotChat = 1;
    private const int MaxOptionText = 6000;
    private const int MaxFormText = 4000;
    private const long DefaultAttachmentLimit = 10 * 1024 * 1024;

    /// <summary>Reads the body of a request.</summary>
    public static DiscordInteraction Read(ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes) throw new DiscordFormatException($"The body has more than {MaxBytes} bytes.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, JsonView.Strict);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new DiscordFormatException("The body is no JSON.", e);
        }
    }

    /// <summary>Reads an interaction that came inside something else.</summary>
    public static DiscordInteraction Read(JsonElement interaction)
    {
        try
        {
            return Read(new JsonView(interaction));
        }
        catch (InvalidOperationException e)
        {
            // Text that is not valid UTF-16, such as a lone surrogate escape.
            throw new DiscordFormatException("A text is not valid Unicode.", e);
        }
    }

    private static DiscordInteraction Read(JsonView view)
    {
        long type = view.Integer("type") ?? 0;
        if (type is < 1 or > 5) throw new DiscordFormatException("'type' is no known kind of interaction.");
        InteractionKind kind = (InteractionKind)type;
        JsonView? member = view.Object("member");
        DiscordUser? user = (member?.Object("user") ?? view.Object("user")) is { } found ? ReadUser(found) : null;
        ulong? channel = view.Id("channel_id") ?? view.Object("channel")?.Id("id");
        if (kind != InteractionKind.Ping && (user is null || channel is null)) throw new DiscordFormatException("Nobody, or nowhere, is named.");
        JsonView? place = view.Object("channel");
        JsonView? data = kind == InteractionKind.Ping ? null : view.Required("data");
        return new DiscordInteraction(
            view.RequiredId("id"), view.RequiredId("application_id"), kind, view.RequiredText("token", 2048), user, view.Id("guild_id"), channel,
            place?.Integer("type") is 10 or 11 or 12 ? place?.Id("parent_id") : null, view.Id("guild_id") is null && view.Integer("context") is null or BotChat,
            place?.Flag("nsfw") ?? false, view.Text("locale", 16) ?? "en-US", member?.Bits("permissions") ?? 0, view.Bits("app_permissions"),
            view.Integer("attachment_size_limit") is > 0 and { } limit ? limit : DefaultAttachmentLimit,
            kind is InteractionKind.Command or InteractionKind.Autocomplete ? ReadCommand(data!.Value) : null,
            kind == InteractionKind.Component ? ReadPress(data!.Value) : null,
            kind == InteractionKind.Modal ? ReadForm(data!.Value) : null,
            view.Object("message") is { } message ? MessageReader.Read(message) : null);
    }

    private static DiscordUser ReadUser(JsonView user) => new(
        user.RequiredId("id"), user.Text("global_name", 128) is { Length: > 0 } shown ? shown : user.Text("username", 128) ?? "", user.Flag("bot"));

    private static DiscordCommand ReadCommand(JsonView data)
    {
        Dictionary<string, DiscordAttachment> files = ReadFiles(data);
        IReadOnlyList<JsonElement> options = data.Items("options", MaxOptions);
        string? subcommand = null;
        while (options is [var only] && new JsonView(only) is var inner && inner.Integer("type") is 1 or 2)
        {
            string name = inner.RequiredText("name", 32);
            subcommand = subcommand is null ? name : $"{subcommand} {name}";
            options = inner.Items("options", MaxOptions);
            if (inner.Integer("type") == 1) break;
        }

        DiscordMessage? target = data.Id("target_id") is { } id && data.Object("resolved")?.Object("messages")?.Object(id.ToString(CultureInfo.InvariantCulture)) is { } message
            ? MessageReader.Read(message)
            : null;
        return new DiscordCommand(data.RequiredText("name", 32), subcommand, [.. options.Select(option => ReadOption(new JsonView(option), files))], target);
    }

    private static DiscordOption ReadOption(JsonView option, Dictionary<string, DiscordAttachment> files)
    {
        string name = option.RequiredText("name", 32);
        bool focused = option.Flag("focused");
        JsonElement? value = option.Any("value");
        return value?.ValueKind switch
        {
            null => new DiscordOption(name, null, null, null, null, focused),
            JsonValueKind.String when option.Integer("type") == 11 => new DiscordOption(
                name, null, null, null, files.GetValueOrDefault(option.Text("value", 20)!) ?? throw new DiscordFormatException("A file is named that is not there."), focused),
            JsonValueKind.String => new DiscordOption(name, option.Text("value", MaxOptionText), null, null, null, focused),
            JsonValueKind.Number when value.Value.TryGetDouble(out double number) && double.IsFinite(number) => new DiscordOption(name, null, number, null, null, focused),
            JsonValueKind.True or JsonValueKind.False => new DiscordOption(name, null, null, option.Flag("value"), null, focused),
            _ => throw new DiscordFormatException("The value of an option has no known form."),
        };
    }

    private static DiscordPress ReadPress(JsonView data) => new(data.RequiredText("custom_id", 100), ReadValues(data));

    private static DiscordForm ReadForm(JsonView data)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal);
        Dictionary<string, DiscordAttachment> files = ReadFiles(data);
        List<DiscordAttachment> uploaded = [];
        foreach (JsonElement element in data.Items("components", 40))
        {
            JsonView row = new(element);
            IEnumerable<JsonView> inner = row.Object("component") is { } one ? [one] : row.Items("components", 5).Select(item => new JsonView(item));
            foreach (JsonView field in inner)
            {
                if (field.Text("custom_id", 100) is not { Length: > 0 } id) continue;
                IReadOnlyList<string> values = ReadValues(field);
                fields[id] = field.Text("value", MaxFormText) ?? string.Join(',', values);
                if (field.Integer("type") == 19) uploaded.AddRange(values.Where(files.ContainsKey).Select(value => files[value]));
            }
        }

        return new DiscordForm(data.RequiredText("custom_id", 100), fields, uploaded);
    }

    private static List<string> ReadValues(JsonView component) => [.. component.Items("values", 25).Select(value =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: <= 100 } text ? text : throw new DiscordFormatException("A choice is no short text."))];

    private static Dictionary<string, DiscordAttachment> ReadFiles(JsonView data)
    {
        Dictionary<string, DiscordAttachment> files = new(StringComparer.Ordinal);
        if (data.Object("resolved")?.Object("attachments") is not { } attachments) return files;
        foreach ((string id, JsonElement file) in attachments.Members)
        {
            if (files.Count == MaxOptions) throw new DiscordFormatException("There are too many files.");
            files[id] = MessageReader.ReadAttachment(new JsonView(file));
        }

        return files;
    }
}
