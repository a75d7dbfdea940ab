using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Niche.TelegramStandIn.Wire;

/// <summary>Reads calls in all the encodings that the Bot API takes: query, form, multipart and JSON.</summary>
internal static class CallReader
{
    /// <summary>Reads a call; null when the body is broken.</summary>
    public static async Task<ApiCall?> ReadAsync(HttpRequest request, string method, DateTimeOffset at, CancellationToken ct)
    {
        JsonObject parameters = [];
        foreach ((string name, var value) in request.Query) parameters[name] = value.ToString();
        Dictionary<string, UploadedFile> files = [];
        if (request.HasFormContentType)
        {
            IFormCollection form = await request.ReadFormAsync(ct).ConfigureAwait(false);
            foreach ((string name, var value) in form) parameters[name] = value.ToString();
            foreach (IFormFile file in form.Files)
            {
                using MemoryStream content = new();
                await file.CopyToAsync(content, ct).ConfigureAwait(false);
                files[file.Name] = new UploadedFile(file.FileName, file.ContentType ?? "", content.ToArray());
            }
        }
        else
        {
            using MemoryStream content = new();
            await request.Body.CopyToAsync(content, ct).ConfigureAwait(false);
            if (content.Length > 0) return ReadJson(method, content.ToArray(), at);
        }

        return new ApiCall(method, parameters, true, files, at);
    }

    private static ApiCall? ReadJson(string method, byte[] content, DateTimeOffset at)
    {
        try
        {
            return JsonNode.Parse(content) is JsonObject body ? new ApiCall(method, body, false, new Dictionary<string, UploadedFile>(), at) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
