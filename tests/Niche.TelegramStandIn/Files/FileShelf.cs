using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.Files;

/// <summary>The files that the server keeps, and its limits on them.</summary>
public sealed class FileShelf
{
    private const int MaxPhotoBytes = 10_000_000, MaxUploadBytes = 50_000_000, MaxDownloadBytes = 20_000_000, MaxSides = 10_000, MaxRatio = 20;
    private const string Small = "s";
    private readonly Dictionary<string, StoredFile> _files = [];
    private int _last;

    /// <summary>Keeps a file.</summary>
    public StoredFile Add(string name, string contentType, byte[] content, bool isPhoto, long? size = null)
    {
        int number = ++_last;
        string kind = isPhoto ? "photos" : "documents", extension = Path.GetExtension(name) is { Length: > 1 and < 8 } given && !isPhoto ? given : ".jpg";
        StoredFile file = new($"AgACAgIAAxkBAAI{number:D6}", $"AQADu{number:D6}", $"{kind}/file_{number}{extension}", name, contentType, size ?? content.Length, content, isPhoto);
        _files[file.Id] = file;
        if (isPhoto) _files[file.Id + Small] = file;
        return file;
    }

    /// <summary>The file that a call uploads or names; a refusal when that does not work.</summary>
    public (StoredFile? File, ApiAnswer? Refusal) Take(ApiCall call, string name, bool asPhoto, string? reference = null)
    {
        if (call.File(name, reference) is { } upload)
        {
            if (upload.Content.Length == 0) return (null, ApiAnswer.Bad("file must be non-empty"));
            if (upload.Content.Length > MaxUploadBytes) return (null, new ApiAnswer(413, null, "Request Entity Too Large"));
            if (asPhoto && RefusePhoto(upload.Content) is { } refusal) return (null, refusal);
            return (Add(upload.Name, upload.ContentType, upload.Content, asPhoto), null);
        }

        string? id = reference ?? call.Text(name);
        if (string.IsNullOrEmpty(id)) return (null, ApiAnswer.Bad($"there is no {name} in the request"));
        if (!_files.TryGetValue(id, out StoredFile? known)) return (null, ApiAnswer.Bad("wrong remote file identifier specified: Wrong padding in the string"));
        return known.IsPhoto == asPhoto ? (known, null) : (null, ApiAnswer.Bad($"can't use file of type {(known.IsPhoto ? "Photo" : "Document")} as {(asPhoto ? "Photo" : "Document")}"));
    }

    /// <summary>What getFile tells.</summary>
    public ApiAnswer Describe(string? id)
    {
        if (id is null || !_files.TryGetValue(id, out StoredFile? file)) return ApiAnswer.Bad("wrong file_id or the file is temporarily unavailable");
        if (file.Size > MaxDownloadBytes) return ApiAnswer.Bad("file is too big");
        return ApiAnswer.Ok(new JsonObject { ["file_id"] = file.Id, ["file_unique_id"] = file.UniqueId, ["file_size"] = file.Size, ["file_path"] = file.Path });
    }

    /// <summary>Bytes of a file by its id; null when there is none.</summary>
    public byte[]? Content(string id) => _files.GetValueOrDefault(id)?.Content;

    /// <summary>The file at a path; null when there is none.</summary>
    public StoredFile? At(string path) => _files.Values.FirstOrDefault(file => file.Path == path);

    /// <summary>Array of PhotoSize: a small one and the picture itself.</summary>
    public static JsonArray PhotoSizes(StoredFile file)
    {
        (int width, int height) = PictureSize.Read(file.Content) ?? (90, 90);
        JsonObject Size(string suffix, int w, int h, long bytes) => new()
        {
            ["file_id"] = file.Id + suffix, ["file_unique_id"] = file.UniqueId + suffix, ["width"] = w, ["height"] = h, ["file_size"] = bytes,
        };
        return [Size(Small, Math.Min(90, width), Math.Min(90, height), 900), Size("", width, height, file.Size)];
    }

    private static ApiAnswer? RefusePhoto(byte[] content)
    {
        if (content.Length > MaxPhotoBytes) return ApiAnswer.Bad($"file of size {content.Length} bytes is too big for a photo; the maximum size is {MaxPhotoBytes} bytes");
        if (PictureSize.Read(content) is not { } size) return ApiAnswer.Bad("IMAGE_PROCESS_FAILED");
        bool fits = size is { Width: > 0, Height: > 0 } && size.Width + size.Height <= MaxSides
            && Math.Max(size.Width, size.Height) <= MaxRatio * (long)Math.Min(size.Width, size.Height);
        return fits ? null : ApiAnswer.Bad("PHOTO_INVALID_DIMENSIONS");
    }
}
