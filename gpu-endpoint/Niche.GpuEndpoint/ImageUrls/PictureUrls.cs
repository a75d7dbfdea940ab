using System.Text.Json;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.ImageUrls;

/// <summary>Fetches the pictures that a request names by address, before it is read.</summary>
internal sealed class PictureUrls(PictureUrlRules rules, PictureFetcher fetcher)
{
    private const int Depth = 3;
    private static readonly string[] Fields = ["image", "conditional_image", "mask_image", "control_image", "ip_adapter_image"];
    private static readonly Dictionary<string, byte[]> None = [];

    /// <summary>The files by the text that names them.</summary>
    /// <param name="body">The request.</param>
    /// <param name="cancellation">The client went away.</param>
    /// <exception cref="InvalidRequestException">This endpoint fetches no pictures, or not so many.</exception>
    /// <exception cref="ImageException">One can not be had.</exception>
    public async Task<IReadOnlyDictionary<string, byte[]>> FetchAsync(JsonElement body, CancellationToken cancellation)
    {
        var named = new List<(string Field, string Address)>();
        Collect(body, "", Depth, named);
        if (named.Count == 0) return None;
        if (!rules.Allowed) throw Refuse(named[0].Field, "image_url_off", "this endpoint fetches no pictures; send base64 or a data URL");
        var addresses = named.Select(one => one.Address).Distinct(StringComparer.Ordinal).ToArray();
        if (addresses.Length > rules.MaxPictures) throw Refuse(named[0].Field, "image_url_too_many", $"at most {rules.MaxPictures} pictures are fetched for a request");
        var files = await Task.WhenAll(addresses.Select(address => fetcher.FetchAsync(address, cancellation)));
        return addresses.Zip(files).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    private static void Collect(JsonElement element, string prefix, int depth, List<(string, string)> named)
    {
        if (element.ValueKind != JsonValueKind.Object || depth == 0) return;
        foreach (var field in element.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object) Collect(field.Value, $"{prefix}{field.Name}.", depth - 1, named);
            else if (Fields.Contains(field.Name) && JsonText.Read(field.Value) is { } text && IsAddress(text)) named.Add((prefix + field.Name, text));
        }
    }

    // Base64 knows no colon.
    private static bool IsAddress(string text) =>
        text.IndexOf("://", StringComparison.Ordinal) is > 0 and < 16 && !text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);

    private static InvalidRequestException Refuse(string field, string code, string message) => new([new FieldError(field, code, $"{field}: {message}")]);
}
