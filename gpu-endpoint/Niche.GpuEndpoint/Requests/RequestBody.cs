using System.Runtime.InteropServices;
using System.Text.Json;
using Niche.GpuEndpoint.ImageUrls;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Requests;

/// <summary>Reads the JSON body of a request, and fetches the pictures that it names by address.</summary>
internal static class RequestBody
{
    /// <summary>Largest body.</summary>
    public const int Limit = 12 << 20;

    private const double LongestTimeout = 600;

    public static async Task<FieldReader> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        using var document = await JsonDocument.ParseAsync(request.Body, default, cancellation);
        var root = document.RootElement.Clone();
        JsonEscapes.Check(JsonMarshal.GetRawUtf8Value(root), namesOnly: true);
        if (root.ValueKind == JsonValueKind.Object)
        {
            var pictures = request.HttpContext.RequestServices.GetRequiredService<PictureUrls>();
            return new FieldReader(root) { Fetched = await pictures.FetchAsync(root, cancellation) };
        }
        throw new InvalidRequestException([new FieldError("", "json_invalid", "The body must be a JSON object.")]);
    }

    /// <summary>The seconds of the <c>timeout</c> field.</summary>
    public static TimeSpan Timeout(FieldReader fields) =>
        TimeSpan.FromSeconds(fields.Number("timeout", new(0.001, LongestTimeout, LongestTimeout), "timeout_out_of_range"));

    /// <summary>A token that fires when the client leaves or the seconds of its <c>timeout</c> field are over.</summary>
    public static CancellationTokenSource Deadline(FieldReader fields, CancellationToken aborted)
    {
        var timeout = Timeout(fields);
        fields.ThrowIfAny();
        var source = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        source.CancelAfter(timeout);
        return source;
    }
}
