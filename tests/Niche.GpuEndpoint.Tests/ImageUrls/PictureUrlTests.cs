using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.ImageUrls;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests.ImageUrls;

/// <summary>Pictures by address, over real sockets and TLS.</summary>
public sealed class PictureUrlTests(RunningEndpoint shared) : IAsyncLifetime
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private static readonly byte[] Picture = ImageFile.EncodePng(new RgbImage(40, 30, [.. Enumerable.Range(0, 3 * 40 * 30).Select(i => (byte)i)]));
    private static readonly string[] Inside =
    [
        "http://pictures.example/picture.png", "ftp://pictures.example/picture.png", "file:///etc/passwd", "https://name:word@pictures.example/picture.png",
        "https://pictures.example:8443/picture.png", "https://127.0.0.1/picture.png", "https://127.1/picture.png", "https://2130706433/picture.png",
        "https://0x7f.0.0.1/picture.png", "https://localhost/picture.png", "https://[::1]/picture.png", "https://[::ffff:127.0.0.1]/picture.png",
        "https://[64:ff9b::7f00:1]/picture.png", "https://[2002:7f00:1::]/picture.png", "https://169.254.169.254/latest/meta-data/", "https://10.0.0.1/picture.png",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("niche-urls-").FullName;
    private PictureServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        TinyEndpoint.Offer(TinyDiffusion.StableDiffusion(Path.Combine(_root, "tiny")), "tiny", "txt2img", "img2img", "inpaint");
        _server = await PictureServer.StartAsync(Serve);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_picture_by_address_is_the_picture_itself()
    {
        var engine = new Remembering();
        await using var endpoint = await StartAsync(Rules(), engine);

        await endpoint.PaintAsync(Body(_server.Url("/picture.png")));
        await endpoint.PaintAsync(Body(_server.Url("/moved")));
        await endpoint.PaintAsync(Body(Convert.ToBase64String(Picture)));

        Assert.Equal(3, engine.Given.Count);
        Assert.Equal(engine.Given[2].Pixels, engine.Given[0].Pixels);
        Assert.Equal(engine.Given[2].Pixels, engine.Given[1].Pixels);
    }

    [Theory]
    [InlineData("/page", "image_format")]
    [InlineData("/missing", "image_url_failed")]
    [InlineData("/broken.png", "image_undecodable")]
    [InlineData("/round", "image_url_failed")]
    [InlineData("/plain", "image_url_refused")]
    [InlineData("/inside", "image_url_refused")]
    [InlineData("/secret", "image_url_refused")]
    [InlineData("/large.png", "image_too_large")]
    [InlineData("/endless.png", "image_too_large")]
    [InlineData("/silent.png", "image_url_failed")]
    public async Task What_is_no_picture_of_the_outside_is_refused(string path, string code)
    {
        await using var endpoint = await StartAsync(Rules() with { MaxBytes = 50_000, Timeout = TimeSpan.FromMilliseconds(path == "/silent.png" ? 300 : 10_000) });

        Assert.Equal(code, await CodeAsync(endpoint, _server.Url(path)));
    }

    [Fact]
    public async Task Every_connection_resolves_its_name_once_and_goes_where_it_was_judged()
    {
        await using var endpoint = await StartAsync(Rules());

        await CodeAsync(endpoint, _server.Url("/inside"));

        Assert.Equal(["pictures.example", "inside.example"], _server.Resolved);
    }

    [Fact]
    public async Task A_name_with_one_address_inside_is_no_name_of_the_outside()
    {
        await using var endpoint = await StartAsync(Rules(("both.example", "127.0.0.1"), ("both.example", "10.0.0.1")));

        Assert.Equal("image_url_refused", await CodeAsync(endpoint, _server.Url("/picture.png", "both.example")));
        Assert.Equal("image_url_refused", await CodeAsync(endpoint, _server.Url("/picture.png", "unknown.example")));
    }

    [Fact]
    public async Task A_server_that_can_not_prove_who_it_is_gives_nothing()
    {
        await using var endpoint = await StartAsync(Rules() with { Tls = new() });

        Assert.Equal("image_url_failed", await CodeAsync(endpoint, _server.Url("/picture.png")));
    }

    [Fact]
    public async Task Only_so_many_are_fetched()
    {
        await using var endpoint = await StartAsync(Rules() with { MaxPictures = 1 });
        var body = Body(_server.Url("/picture.png")).Replace("\"pipeline_params\":{", $"\"pipeline_params\":{{\"mask_image\":\"{_server.Url("/moved")}\",", StringComparison.Ordinal);

        var (_, problem) = await endpoint.PostAsync("/generate", body);

        Assert.Equal("image_url_too_many", problem.GetProperty("code").GetString());
        Assert.Empty(_server.Resolved);
    }

    [Fact]
    public async Task No_address_is_fetched_unless_the_endpoint_was_told_to() => Assert.Equal("image_url_off", await CodeAsync(shared, "https://pictures.example/picture.png"));

    [Fact]
    public async Task Addresses_of_the_inside_are_refused_under_the_rules_that_everybody_gets()
    {
        await using var endpoint = await StartAsync(new PictureUrlRules { Allowed = true });

        foreach (var address in Inside) Assert.Equal((address, "image_url_refused"), (address, await CodeAsync(endpoint, address)));
    }

    private void Serve(WebApplication app)
    {
        app.MapGet("/picture.png", () => Results.Bytes(Picture, "image/png"));
        app.MapGet("/page", () => Results.Text("<html/>", "text/html"));
        app.MapGet("/missing", () => Results.NotFound());
        app.MapGet("/broken.png", () => Results.Bytes(new byte[100], "image/png"));
        app.MapGet("/moved", () => Results.Redirect("/picture.png"));
        app.MapGet("/round", () => Results.Redirect("/round"));
        app.MapGet("/plain", () => Results.Redirect("http://pictures.example/picture.png"));
        app.MapGet("/inside", context => Redirect(context, _server.Url("/picture.png", "inside.example")));
        app.MapGet("/secret", context => Redirect(context, _server.Url("/picture.png").Replace("https://", "https://name:word@", StringComparison.Ordinal)));
        app.MapGet("/large.png", () => Results.Bytes(new byte[100_000], "image/png"));
        app.MapGet("/endless.png", async context =>
        {
            context.Response.ContentType = "image/png";
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(new byte[1000], context.RequestAborted);
        });
        app.MapGet("/silent.png", async context =>
        {
            context.Response.ContentType = "image/png";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });
    }

    private static Task Redirect(HttpContext context, string address)
    {
        context.Response.Redirect(address);
        return Task.CompletedTask;
    }

    private static async Task<string?> CodeAsync(RunningEndpoint endpoint, string address) => (await endpoint.PostAsync("/generate", Body(address))).Body.GetProperty("code").GetString();

    private static string Body(string picture) =>
        $$$"""{"prompt":"a","pipeline_type":"img2img","conditional_image":"{{{picture}}}","pipeline_params":{"num_inference_steps":1}}""";

    // The server's own names, and one that leads inside.
    private PictureUrlRules Rules(params (string Name, string Address)[] names) => _server.Rules([("inside.example", "10.1.2.3"), .. names]);

    private Task<RunningEndpoint> StartAsync(PictureUrlRules rules, IImageEngine? engine = null) => RunningEndpoint.StartAsync(
        new EndpointOptions { Threads = 1, ModelsDirectory = _root, Only = [ModelKind.Image], ImageUrls = rules }, services => services.AddSingleton(engine ?? new Remembering()));

    private sealed class Remembering : IImageEngine
    {
        public List<RgbImage> Given { get; } = [];

        public Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation)
        {
            Given.Add(job.Given!.Image);
            return Task.FromResult(new GeneratedImage(Picture, "digest", job.Seed, job.Steps, new ImageTimings(0, 0, 0, 0, 0, 0, 0)));
        }
    }
}
