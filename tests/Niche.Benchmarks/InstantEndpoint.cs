using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Niche.Inference.Images;

namespace Niche.Benchmarks;

/// <summary>An endpoint whose generation takes no time, so that only the path to it and back is measured.</summary>
internal sealed class InstantEndpoint : IAsyncDisposable
{
    private const int Side = 128;
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _painter = new(1);

    private InstantEndpoint(WebApplication app) => _app = app;

    /// <summary>When the last request reached it, and when its answer left.</summary>
    public long Reached { get; private set; }

    public long Left { get; private set; }

    /// <summary>Generation waits for this: work piles up until it ends.</summary>
    public Task Open { get; set; } = Task.CompletedTask;

    /// <summary>How long a picture takes, one after the other; nothing unless set.</summary>
    public TimeSpan Takes { get; set; }

    public Uri Address => new(_app.Urls.First() + "/");

    public static async Task<InstantEndpoint> StartAsync(CancellationToken ct)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        InstantEndpoint endpoint = new(app);
        ConcurrentDictionary<long, string> pictures = new();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapGet("/info", () => Results.Json(new { model_name = "niche-scenes" }));
        app.MapGet("/models", () => Results.Json(new
        {
            models = new[] { new { name = "niche-scenes", kind = "image", digest = new string('0', 64), sizes = new[] { new { width = Side, height = Side } } } },
        }));
        app.MapPost("/features", (ImageBody body) => Results.Json(Features(body.Image)));
        app.MapPost("/generate", async (HttpRequest request) =>
        {
            endpoint.Reached = Stopwatch.GetTimestamp();
            await endpoint.Open.WaitAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (endpoint.Takes > TimeSpan.Zero) await endpoint.PaintAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            SeedBody body = (await request.ReadFromJsonAsync<SeedBody>(request.HttpContext.RequestAborted).ConfigureAwait(false))!;
            string image = pictures.GetOrAdd(body.Seed, Picture);
            endpoint.Left = Stopwatch.GetTimestamp();
            return Results.Json(new { image, model_name = "niche-scenes", model_digest = new string('0', 64), seed = 1, steps = 20 });
        });
        await app.StartAsync(ct).ConfigureAwait(false);
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _painter.Dispose();
    }

    private async Task PaintAsync(CancellationToken ct)
    {
        await _painter.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            await Task.Delay(Takes, ct).ConfigureAwait(false);
        }
        finally
        {
            _painter.Release();
        }
    }

    // Different pictures for different seeds, as from a real model: else the validator would rightly call them replays.
    private static string Picture(long seed)
    {
        byte[] pixels = new byte[Side * Side * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)((i * 31) ^ (i / Side) ^ (int)(seed >> (8 * (i % 4))));
        return Convert.ToBase64String(ImageFile.EncodePng(new RgbImage(Side, Side, pixels)));
    }

    private static object Features(string image)
    {
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(image)));
        return new
        {
            format = "PNG",
            width = Side,
            height = Side,
            embedding = Enumerable.Repeat(0.088388346f, 128).ToArray(),
            latent = Convert.ToBase64String(new byte[4 * 16 * 16 * sizeof(float)]),
            grid = Convert.ToBase64String([.. Enumerable.Range(0, 32 * 32 * 3).Select(i => (byte)(i * 37))]),
            dhash = digest[..16],
            phash = digest[16..32],
            text_similarity = 0.8,
        };
    }

    private sealed record SeedBody(long Seed);

    private sealed record ImageBody(string Image);
}
