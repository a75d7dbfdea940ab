using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Hosting;

public sealed class EndpointHostTests : IDisposable
{
    private readonly string _models = Directory.CreateTempSubdirectory("niche-models-").FullName;

    public EndpointHostTests()
    {
        var source = Path.Combine(new EndpointOptions().ModelsDirectory, "niche-prompt-lm");
        var target = Directory.CreateDirectory(Path.Combine(_models, "niche-prompt-lm")).FullName;
        foreach (var file in Directory.EnumerateFiles(source)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
    }

    [Fact]
    public async Task Before_the_models_are_loaded_it_lives_but_is_not_ready()
    {
        await using var endpoint = await RunningEndpoint.StartAsync(
            services: services => services.Remove(services.Single(s => s.ImplementationType?.Name == "ModelLoading")),
                waitUntilReady: false);

        using var live = await endpoint.Client.GetAsync("/health/live", TestContext.Current.CancellationToken);
        using var ready = await endpoint.Client.GetAsync("/health/ready", TestContext.Current.CancellationToken);
        var (status, problem) = await endpoint.PostAsync("/generate", """{"prompt":"a"}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (live.StatusCode, ready.StatusCode));
        Assert.Equal((503, "not_ready"), ((int)status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Only_the_kinds_asked_for_are_served()
    {
        await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { Threads = 1, Only = [ModelKind.Text] });

        var (image, problem) = await endpoint.PostAsync("/generate", """{"prompt":"a"}""");
        var (features, missing) = await endpoint.PostAsync("/features", """{"image":"AAAA"}""");
        var (text, _) = await endpoint.PostAsync("/generate", """{"prompt_input":"a red","max_tokens":2}""");

        Assert.Equal((400, "model_unknown"), ((int)image, problem.GetProperty("code").GetString()));
        Assert.Equal((400, "features_unavailable"), ((int)features, missing.GetProperty("code").GetString()));
        Assert.Equal(HttpStatusCode.OK, text);
    }

    [Fact]
    public void A_damaged_model_fails_the_build_and_names_the_file()
    {
        File.AppendAllText(Path.Combine(_models, "niche-prompt-lm", "model.onnx"), "x");

        var error = Assert.Throws<ModelFolderException>(() => EndpointHost.Build(new EndpointOptions { ModelsDirectory = _models }));

        Assert.Equal("file_changed", error.Code);
        Assert.EndsWith("model.onnx", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_fails_the_build()
    {
        var error = Assert.Throws<ModelFolderException>(() => EndpointHost.Build(new EndpointOptions { ModelsDirectory = Path.Combine(_models, "none") }));

        Assert.Equal("models_missing", error.Code);
    }

    [Fact]
    public async Task A_graph_that_does_not_load_stops_the_endpoint()
    {
        SpoilGraph();
        await using var app = EndpointHost.Build(new EndpointOptions { ModelsDirectory = _models, Urls = ["http://127.0.0.1:0"] });

        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.WaitForShutdownAsync(TestContext.Current.CancellationToken);

        Assert.Equal("graph_invalid", app.Services.GetRequiredService<ModelStore>().Failure!.Code);
    }

    [Fact]
    public async Task The_program_explains_itself()
    {
        var (code, output, _) = await RunProgram("--help");

        Assert.Equal(0, code);
        foreach (var option in new[] { "--urls", "--models", "--threads", "--queue", "--only", "calibrate" }) Assert.Contains(option,
            output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_says_which_file_is_broken_and_exits_with_1()
    {
        SpoilGraph();

        var (code, output, error) = await RunProgram("--models", _models, "--urls", "http://127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("model.onnx", output + error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--threads", "-1")]
    [InlineData("--only", "music")]
    [InlineData("--queue", "many")]
    [InlineData("--api-key-file", "no-such.key")]
    public async Task A_wrong_option_is_refused(string option, string value)
    {
        var (code, _, error) = await RunProgram(option, value);

        Assert.Equal(1, code);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_models, recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunProgram(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.GpuEndpoint.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private void SpoilGraph()
    {
        var folder = Path.Combine(_models, "niche-prompt-lm");
        File.WriteAllText(Path.Combine(folder, "model.onnx"), "no graph");
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "model.json")))!;
        manifest["files"]!["model.onnx"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "model.onnx"))));
        File.WriteAllText(Path.Combine(folder, "model.json"), manifest.ToJsonString());
    }
}
