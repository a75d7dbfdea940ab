using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Niche.DiscordStandIn.Rest;

/// <summary>Reads calls off the wire.</summary>
internal static partial class CallReader
{
    /// <summary>Largest body, bytes; above it answers 413.</summary>
    public const long MaxBody = 26_000_000;

    /// <summary>Reads a call; throws <see cref="JsonException"/> or <see cref="InvalidDataException"/> for what is malformed.</summary>
    public static async Task<ApiCall> ReadAsync(HttpRequest request, string path, CancellationToken ct)
    {
        Dictionary<string, string> query = request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.Ordinal);
        if (!request.HasFormContentType) return new ApiCall(request.Method, path, query, false, await ReadJsonAsync(request, ct), new Dictionary<int, UploadedFile>());
        IFormCollection form = await request.ReadFormAsync(ct);
        Dictionary<int, UploadedFile> files = [];
        string? payload = form.ContainsKey("payload_json") ? form["payload_json"].ToString() : null;
        foreach (IFormFile file in form.Files)
        {
            Match name = FileField().Match(file.Name);
            if (!name.Success) throw new InvalidDataException($"A part is called {file.Name}.");
            using MemoryStream content = new();
            await file.CopyToAsync(content, ct);
            files[int.Parse(name.Groups[1].ValueSpan, CultureInfo.InvariantCulture)] = new UploadedFile(file.FileName, file.ContentType, content.ToArray());
        }

        return new ApiCall(request.Method, path, query, true, payload is null ? null : JsonDocument.Parse(payload).RootElement, files);
    }

    private static async Task<JsonElement?> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        using MemoryStream body = new();
        await request.Body.CopyToAsync(body, ct);
        if (body.Length == 0) return null;
        if (!request.HasJsonContentType()) throw new InvalidDataException("A body that is no form must be application/json.");
        return JsonDocument.Parse(body.ToArray()).RootElement;
    }

    [GeneratedRegex(@"^files\[(\d)\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileField();
}
