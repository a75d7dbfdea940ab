using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.Queueing;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Models;

/// <summary>Models that come to and leave an endpoint that runs.</summary>
public sealed class ModelChangesTests(RunningEndpoint shared) : IDisposable
{
    private const string Paint = """{"model_name":"niche-scenes","prompt":"a red house","seed":5,"pipeline_params":{"num_inference_steps":3}}""";
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private static readonly string Models = new EndpointOptions().ModelsDirectory;
    private static readonly string Scenes = Path.Combine(Models, "niche-scenes");
    private readonly string _folder = Directory.CreateTempSubdirectory("niche-changes-").FullName;

    [Fact]
    public async Task A_model_comes_warm_paints_the_same_bytes_ends_its_work_when_it_is_removed_and_can_come_again()
    {
        await using var endpoint = await Start();
        Assert.Equal(400, (int)(await endpoint.PostAsync("/generate", Paint)).Status);

        await AddAsync(endpoint, new { path = Scenes });
        Assert.Equal(await shared.PaintAsync(Paint), await endpoint.PaintAsync(Paint));

        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        Task<byte[]> accepted;
        using (lane.Enter())
        {
            accepted = endpoint.PaintAsync(Paint);
            while (lane.Waiting == 0) await Task.Yield();
            using var removed = await endpoint.Client.DeleteAsync("/models/niche-scenes", Now);
            Assert.Equal(HttpStatusCode.Accepted, removed.StatusCode);

            var (status, problem) = await endpoint.PostAsync("/generate", Paint);
            Assert.Equal((400, "model_unknown"), ((int)status, problem.GetProperty("code").GetString()));
            Assert.Equal("leaving", await HealthAsync(endpoint, "niche-scenes"));
            Assert.Equal(409, (int)(await endpoint.PostAsync("/models", JsonSerializer.Serialize(new { path = Scenes }))).Status);
        }
        Assert.Equal(await shared.PaintAsync(Paint), await accepted);
        while (await HealthAsync(endpoint, "niche-scenes") != "unknown") await Task.Yield();

        await AddAsync(endpoint, new { path = Scenes });
        Assert.Equal(await shared.PaintAsync(Paint), await endpoint.PaintAsync(Paint));
    }

    [Fact]
    public async Task The_feature_extractor_comes_with_the_second_of_its_halves()
    {
        await using var endpoint = await Start();
        var picture = Convert.ToBase64String(await shared.PaintAsync(Paint));
        await AddAsync(endpoint, new { path = Path.Combine(Models, "niche-clip") });
        Assert.Equal(422, (int)(await endpoint.PostAsync("/features", $$"""{"image":"{{picture}}"}""")).Status);

        await AddAsync(endpoint, new { path = Scenes });
        var (status, features) = await endpoint.PostAsync("/features", $$"""{"image":"{{picture}}"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((await shared.PostAsync("/features", $$"""{"image":"{{picture}}"}""")).Body.GetProperty("embedding").ToString(), features.GetProperty("embedding").ToString());
    }

    [Fact]
    public async Task A_model_that_does_not_load_says_which_file_is_at_fault_and_leaves_the_others_alone()
    {
        await using var endpoint = await Start();
        Copy(Scenes, Path.Combine(_folder, "niche-scenes"));
        await File.AppendAllTextAsync(Path.Combine(_folder, "niche-scenes", "unet", "model.onnx"), "x", Now);

        var (status, begun) = await endpoint.PostAsync("/models", """{"name":"niche-scenes"}""");
        Assert.Equal((202, "loading"), ((int)status, begun.GetProperty("status").GetString()));
        while (await HealthAsync(endpoint, "niche-scenes") == "loading") await Task.Yield();

        var pending = Assert.Single((await endpoint.Client.GetFromJsonAsync<JsonElement>("/models", Now)).GetProperty("pending").EnumerateArray());
        Assert.Equal(("failed", "file_changed"), (pending.GetProperty("status").GetString(), pending.GetProperty("code").GetString()));
        Assert.Contains("unet/model.onnx", pending.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await endpoint.PostAsync("/generate", """{"prompt_input":"a red","max_tokens":2}""")).Status);
        using var forgotten = await endpoint.Client.DeleteAsync("/models/niche-scenes", Now);
        Assert.Equal((HttpStatusCode.NoContent, "unknown"), (forgotten.StatusCode, await HealthAsync(endpoint, "niche-scenes")));
    }

    [Theory]
    [InlineData("{}", 400, "model_missing")]
    [InlineData("""{"name":"a","path":"/b"}""", 400, "model_missing")]
    [InlineData("""{"name":"../niche-scenes"}""", 400, "name_invalid")]
    [InlineData("""{"name":".."}""", 400, "name_invalid")]
    [InlineData("""{"path":"relative/path"}""", 400, "path_invalid")]
    [InlineData("""{"path":"/a\u0000b"}""", 400, "path_invalid")]
    [InlineData("""{"path":7}""", 400, "field_type")]
    [InlineData("""{"name":"none"}""", 422, "manifest_missing")]
    [InlineData("""{"name":"niche-prompt-lm"}""", 409, "model_conflict")]
    public async Task What_can_not_be_added_is_refused(string body, int status, string code)
    {
        var (answered, problem) = await shared.PostAsync("/models", body);

        Assert.Equal(status, (int)answered);
        Assert.Contains($"\"{code}\"", problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    public async Task Without_a_key_only_programs_of_this_machine_change_models(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/models/niche-prompt-lm");
        request.Headers.Add(header, value);
        using var response = await shared.Client.SendAsync(request, Now);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_model_that_is_not_there_can_not_be_removed()
    {
        using var response = await shared.Client.DeleteAsync("/models/none", Now);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_folder_is_watched_for_models_that_come_and_go()
    {
        await using var endpoint = await Start(new EndpointOptions { Watch = TimeSpan.FromMilliseconds(50) });

        Copy(Scenes, Path.Combine(_folder, "scenes"));
        while (await HealthAsync(endpoint, "niche-scenes") != "ready") await Task.Delay(20, Now);
        Assert.Equal(await shared.PaintAsync(Paint), await endpoint.PaintAsync(Paint));
        Directory.Delete(Path.Combine(_folder, "scenes"), recursive: true);
        while (await HealthAsync(endpoint, "niche-scenes") != "unknown") await Task.Delay(20, Now);

        Assert.Equal("ready", await HealthAsync(endpoint, "niche-prompt-lm"));
    }

    [Fact]
    public async Task The_command_line_adds_and_removes_with_the_key()
    {
        const string Key = "a-key-of-this-test";
        var keyFile = Path.Combine(_folder, "..", Path.GetFileName(_folder) + ".key");
        await File.WriteAllTextAsync(keyFile, Key, Now);
        await using var endpoint = await Start(new EndpointOptions { ApiKey = ApiKey.Of(Key) });
        var url = endpoint.Client.BaseAddress!.ToString();

        var keyless = await Run("models", "add", Scenes, "--url", url);
        var added = await Run("models", "add", Scenes, "--url", url, "--api-key-file", keyFile);
        var again = await Run("models", "add", Scenes, "--url", url, "--api-key-file", keyFile);
        var removed = await Run("models", "remove", "niche-scenes", "--url", url, "--api-key-file", keyFile);
        File.Delete(keyFile);

        Assert.True(added.Code == 0, added.Error);
        Assert.Equal((1, 0, 1, 0), (keyless.Code, added.Code, again.Code, removed.Code));
        Assert.Contains("api_key_invalid", keyless.Error, StringComparison.Ordinal);
        Assert.Contains("niche-scenes is served", added.Output, StringComparison.Ordinal);
        Assert.Contains("model_conflict", again.Error, StringComparison.Ordinal);
        Assert.Contains("niche-scenes is gone", removed.Output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // With the language model alone, which loads fast.
    private Task<RunningEndpoint> Start(EndpointOptions? options = null)
    {
        Copy(Path.Combine(Models, "niche-prompt-lm"), Path.Combine(_folder, "niche-prompt-lm"));
        return RunningEndpoint.StartAsync((options ?? new EndpointOptions()) with { ModelsDirectory = _folder, Threads = 2 });
    }

    private static async Task AddAsync(RunningEndpoint endpoint, object body)
    {
        var (status, begun) = await endpoint.PostAsync("/models", JsonSerializer.Serialize(body));
        Assert.Equal(HttpStatusCode.Accepted, status);
        string said;
        while ((said = await HealthAsync(endpoint, begun.GetProperty("name").GetString()!)) != "ready") Assert.Equal("loading", said);
    }

    private static async Task<string> HealthAsync(RunningEndpoint endpoint, string model)
    {
        using var response = await endpoint.Client.GetAsync($"/health/model/{model}", Now);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("status").GetString()!;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.GpuEndpoint.dll"), .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Now);
        var error = process.StandardError.ReadToEndAsync(Now);
        await process.WaitForExitAsync(Now);
        return (process.ExitCode, await output, await error);
    }
}
