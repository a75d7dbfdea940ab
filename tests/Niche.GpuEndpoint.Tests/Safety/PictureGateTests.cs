using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Safety;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Safety;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests.Safety;

/// <summary>Pictures are judged before they leave, by a real classifier that finds bright ones unfit.</summary>
public sealed class PictureGateTests(RunningEndpoint open) : IAsyncLifetime
{
    private const string Bright = """{"prompt":"a white lighthouse by the sea at noon","seed":3,"pipeline_params":{"num_inference_steps":8}}""";
    private const string Dark = """{"prompt":"a red house in the mountains at night with a full moon","seed":7,"pipeline_params":{"num_inference_steps":8}}""";
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private readonly string _root = Directory.CreateTempSubdirectory("niche-safety-").FullName;
    private RunningEndpoint _guarded = null!;

    public async ValueTask InitializeAsync()
    {
        var model = TinySafety.Score(Path.Combine(_root, "brightness"));
        using var classifier = SafetyClassifier.Load(ModelFolder.Open(model), new SessionSettings(1), TimeProvider.System);
        var (bright, dark) = (await ScoreAsync(classifier, Bright), await ScoreAsync(classifier, Dark));
        Assert.True(bright > dark + 0.1, $"{bright} is not brighter than {dark}");
        _guarded = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 2, Only = [ModelKind.Image], Safety = new(model, (bright + dark) / 2) });
    }

    public async ValueTask DisposeAsync()
    {
        await _guarded.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task What_is_found_unfit_is_held_back_on_every_route_counted_and_never_kept()
    {
        Assert.Equal(await open.PaintAsync(Dark), await _guarded.PaintAsync(Dark));
        Assert.Equal((false, true), (await JudgedAsync(open), await JudgedAsync(_guarded)));

        var (status, problem) = await _guarded.PostAsync("/generate", Bright);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "content_blocked"), (status, problem.GetProperty("code").GetString()));
        Assert.False(problem.TryGetProperty("image", out _));

        var (openAiStatus, answer) = await _guarded.PostAsync("/v1/images/generations", """{"prompt":"a white lighthouse by the sea at noon","seed":3,"steps":8}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "image_generation_user_error", "content_blocked"),
            (openAiStatus, answer.GetProperty("error").GetProperty("type").GetString(), answer.GetProperty("error").GetProperty("code").GetString()));

        using var body = new StringContent($$"""{"input":{{Bright}},"preview_every":1}""");
        using var put = await _guarded.Client.PutAsync("/predictions/bright", body, Now);
        var kept = await _guarded.Client.GetFromJsonAsync<JsonElement>("/predictions/bright", Now);
        Assert.Equal(("failed", "content_blocked"), (kept.GetProperty("status").GetString(), kept.GetProperty("error").GetProperty("code").GetString()));
        Assert.DoesNotContain("data:image", kept.ToString(), StringComparison.Ordinal);

        Assert.Contains("niche:images_blocked_total{model_name=\"niche-scenes\"} 3\n", await _guarded.Client.GetStringAsync("/metrics", Now), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_fails_holds_the_picture_back()
    {
        await using var broken = await RunningEndpoint.StartAsync(
            new EndpointOptions { Threads = 2, Only = [ModelKind.Image] }, services => services.AddSingleton<IPictureCheck>(new Broken()));

        var (status, problem) = await broken.PostAsync("/generate", Dark);

        Assert.Equal((HttpStatusCode.InternalServerError, "score_not_finite"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public void An_endpoint_whose_classifier_does_not_load_is_not_built() => Assert.Equal("manifest_missing",
        Assert.Throws<ModelFolderException>(() => EndpointHost.Build(new EndpointOptions { Safety = new(Path.Combine(_root, "nothing")) })).Code);

    private static async Task<bool> JudgedAsync(RunningEndpoint endpoint) =>
        (await endpoint.Client.GetFromJsonAsync<JsonElement>("/capabilities", Now)).GetProperty("pictures_judged").GetBoolean();

    private async Task<double> ScoreAsync(SafetyClassifier classifier, string body) =>
        classifier.Score(ImageFile.Decode(await open.PaintAsync(body), new ImageLimits()).Image, Now);

    private sealed class Broken : IPictureCheck
    {
        public Task<PictureVerdict> CheckAsync(RgbImage image, CancellationToken cancellation) =>
            throw new InferenceException("score_not_finite", "The classifier gave no number.");
    }
}
