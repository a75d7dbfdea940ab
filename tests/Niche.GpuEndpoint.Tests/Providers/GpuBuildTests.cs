using System.Text.Json;

namespace Niche.GpuEndpoint.Tests.Providers;

/// <summary>The program over Microsoft.ML.OnnxRuntime.Gpu, built apart from the rest: on a machine with a card or without one.</summary>
public sealed class GpuBuildTests
{
    private const string Command = "dotnet build gpu-endpoint/Niche.GpuEndpoint -p:OnnxRuntime=Gpu --artifacts-path artifacts/gpu";

    // This test's own program lies in artifacts/bin/Niche.GpuEndpoint.Tests/debug.
    private static readonly string Built = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "../../..", "gpu/bin/Niche.GpuEndpoint/debug", EndpointProgram.File));

    [Fact]
    public async Task It_paints_with_what_works_here_and_says_what_that_is()
    {
        Assert.SkipUnless(File.Exists(Built), $"Not built: {Command}");

        var (code, output, errors) = await EndpointProgram.RunAsync(Built, "bench", "--pictures", "1", "--json");

        Assert.True(code == 0, errors);
        var bench = JsonDocument.Parse(output).RootElement;
        Assert.Equal("niche-scenes", bench.GetProperty("rows")[0].GetProperty("model").GetString());
        Assert.Contains(bench.GetProperty("provider").GetString(), (string[])["cpu", "cuda", "tensorrt"]);
    }

    [Theory]
    [InlineData("cuda", "CUDA 13 and cuDNN 9")]
    [InlineData("tensorrt", "TensorRT 10")]
    public async Task It_has_the_providers_of_a_card_and_says_what_they_need(string provider, string needed)
    {
        Assert.SkipUnless(File.Exists(Built), $"Not built: {Command}");

        var (code, _, errors) = await EndpointProgram.RunAsync(Built, "bench", "--provider", provider, "--pictures", "1");

        // Without a card the sentence; with one it paints.
        if (code == 0) return;
        Assert.StartsWith("provider_failed: ", errors, StringComparison.Ordinal);
        Assert.Contains(needed, errors, StringComparison.Ordinal);
    }
}
