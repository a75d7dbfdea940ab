using System.Globalization;
using System.Text.Json;

namespace Niche.Bots.Discord.Interactions;

/// <summary>Reads messages and files.</summary>
internal static class MessageReader
{
    private const int MaxText = 6000;
    private const int MaxComponents = 40;
    private const int MaxDepth = 5;
    private const long Ephemeral = 1 << 6;

    /// <summary>Reads a message with the files and buttons that it shows, wherever in it they stand.</summary>
    public static DiscordMessage Read(JsonView message)
    {
        List<DiscordAttachment> files = [.. message.Items("attachments", 10).Select(file => ReadAttachment(new JsonView(file)))];
        List<string> customIds = [];
        Walk(message.Items("components", MaxComponents), 0, files, customIds);
        return new DiscordMessage(
            message.RequiredId("id"), message.RequiredId("channel_id"), message.Object("author")?.Id("id") ?? 0, message.Id("application_id"),
            message.Text("content", MaxText) ?? "",
            [.. files.DistinctBy(file => file.Id)], customIds, ((message.Integer("flags") ?? 0) & Ephemeral) != 0);
    }

    /// <summary>Reads a file.</summary>
    public static DiscordAttachment ReadAttachment(JsonView file) => new(
        file.RequiredId("id"), file.RequiredText("filename", 1024), file.Text("content_type", 256), NotNegative(file.Integer("size") ?? 0),
        file.RequiredText("url", 4096), Pixels(file.Integer("width")), Pixels(file.Integer("height")));

    private static void Walk(IReadOnlyList<JsonElement> components, int depth, List<DiscordAttachment> files, List<string> customIds)
    {
        if (depth > MaxDepth) throw new DiscordFormatException("Components are nested too deep.");
        foreach (JsonElement element in components)
        {
            JsonView component = new(element);
            if (component.Text("custom_id", 100) is { Length: > 0 } id) customIds.Add(id);
            if (customIds.Count > MaxComponents) throw new DiscordFormatException("There are too many components.");
            Walk(component.Items("components", MaxComponents), depth + 1, files, customIds);
            if (component.Any("accessory") is { } accessory) Walk([accessory], depth + 1, files, customIds);
            foreach (JsonElement item in component.Items("items", 10)) AddMedia(new JsonView(item), files);
        }
    }

    // Pictures of a gallery stand in the gallery only.
    private static void AddMedia(JsonView item, List<DiscordAttachment> files)
    {
        if (item.Object("media") is not { } media || media.Text("url", 4096) is not { Length: > 0 } url || media.Id("attachment_id") is not { } id) return;
        string name = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? Path.GetFileName(address.AbsolutePath) : "";
        files.Add(new DiscordAttachment(
            id, name.Length > 0 ? name : id.ToString(CultureInfo.InvariantCulture), media.Text("content_type", 256), 0, url, Pixels(media.Integer("width")), Pixels(media.Integer("height"))));
    }

    private static long NotNegative(long value) => value >= 0 ? value : throw new DiscordFormatException("'size' is negative.");

    private static int? Pixels(long? value) => value switch
    {
        null => null,
        >= 0 and <= int.MaxValue => (int)value,
        _ => throw new DiscordFormatException("A width or height is no number of pixels."),
    };
}
