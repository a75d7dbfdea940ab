using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Requests;
using Niche.Inference.Images;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Routes;

/// <summary><c>POST /features</c>: what a verifier compares of a picture.</summary>
internal sealed class FeaturesRoute(ModelStore store, WorkLanes lanes)
{
    public async Task HandleAsync(HttpContext context)
    {
        var fields = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        var text = fields.Find("text") is null ? null : fields.Text("text", "", 2000, "prompt_too_long");
        if (fields.Find("image") is not { ValueKind: JsonValueKind.String } image || JsonText.Read(image) is not { } named)
        {
            fields.Add("image", "image_missing", "is required: base64 of a PNG, JPEG or WebP");
            fields.ThrowIfAny();
            return;
        }
        var folder = store.Find(ModelKind.Embedding, "");
        if (folder is null)
        {
            fields.Add("image", "features_unavailable", "this endpoint serves no embedding model");
        }
        using var deadline = RequestBody.Deadline(fields, context.RequestAborted);
        if (!fields.Fetched.TryGetValue(named, out var file) && !image.TryGetBytesFromBase64(out file)) throw new ImageException("image_undecodable", "The picture is not base64.");
        using var use = store.Use(folder!.Manifest.Name);
        var features = store.Loaded.Features
            ?? throw new ImageException("features_unavailable", "This endpoint has no image model whose encoder could be used.");
        var answer = await lanes.Features.RunAsync(_ => Task.Run(() => Answer(features, file, text, deadline.Token), deadline.Token),
            deadline.Token);
        await context.Response.WriteAsJsonAsync(answer, EndpointJson.Default.FeaturesAnswer, null, deadline.Token);
    }

    private static FeaturesAnswer Answer(LoadedFeatures loaded, byte[] file, string? text, CancellationToken cancellation)
    {
        var features = loaded.Extractor.Extract(file, cancellation);
        return new FeaturesAnswer(
            features.Format.ToString().ToLowerInvariant(),
            features.Width,
            features.Height,
            features.Embedding,
            MemoryMarshal.AsBytes<float>(features.Latent).ToArray(),
            features.Grid,
            features.DifferenceHash.ToString("x16", CultureInfo.InvariantCulture),
            features.CosineHash.ToString("x16", CultureInfo.InvariantCulture),
            text is null ? null : loaded.Extractor.TextSimilarity(features, text, cancellation));
    }
}
