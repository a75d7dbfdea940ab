using System.Text.Json;

namespace Niche.DiscordStandIn.Rest;

/// <summary>A call as it arrived.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below the API's base.</param>
/// <param name="Query">Query parameters.</param>
/// <param name="IsMultipart">It came as multipart/form-data.</param>
/// <param name="Json">Its JSON; null without.</param>
/// <param name="Files">Its files by index.</param>
public sealed record ApiCall(
    string Method, string Path, IReadOnlyDictionary<string, string> Query, bool IsMultipart, JsonElement? Json, IReadOnlyDictionary<int, UploadedFile> Files);
