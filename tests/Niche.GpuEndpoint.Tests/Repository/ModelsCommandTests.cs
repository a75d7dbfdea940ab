using System.Diagnostics;

namespace Niche.GpuEndpoint.Tests.Repository;

public sealed class ModelsCommandTests : IDisposable
{
    private readonly string _models = Directory.CreateTempSubdirectory("niche-models-").FullName;

    [Fact]
    public async Task Pulled_listed_verified_and_named_when_damaged()
    {
        var source = Path.Combine(new EndpointOptions().ModelsDirectory, "niche-prompt-lm");

        var pulled = await Run("models", "pull", source, "--models", _models);
        var listed = await Run("models", "list", "--models", _models);
        var sound = await Run("models", "verify", "--models", _models);
        await File.AppendAllTextAsync(Path.Combine(_models, "niche-prompt-lm", "model.onnx"), "x", TestContext.Current.CancellationToken);
        var damaged = await Run("models", "verify", "--models", _models);

        Assert.Equal((0, 0, 0, 1), (pulled.Code, listed.Code, sound.Code, damaged.Code));
        Assert.Contains("niche-prompt-lm", listed.Output, StringComparison.Ordinal);
        Assert.Contains("model.onnx", damaged.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_models, recursive: true);

    private static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
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
}
