using System.Net.Http.Json;
using System.Text.Json;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Tests.Providers;

/// <summary>What computes, from the command line to the answer.</summary>
public sealed class ProviderTests(RunningEndpoint endpoint)
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Capabilities_tell_what_computes_and_why()
    {
        var provider = (await endpoint.Client.GetFromJsonAsync<JsonElement>("/capabilities", Now)).GetProperty("provider");

        var expected = ProviderChooser.OfThisMachine().Choose(new(ExecutionProvider.Auto));
        Assert.Equal(expected.Settings.Kind.ToString().ToLowerInvariant(), provider.GetProperty("name").GetString());
        Assert.Equal(expected.Reason, provider.GetProperty("reason").GetString());
        Assert.Contains("cpu", provider.GetProperty("available").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void A_host_whose_provider_is_missing_is_not_built()
    {
        Assert.SkipWhen(ProviderChooser.OfThisMachine().Choose(new()).Available.Contains(ExecutionProvider.Cuda), "This build has CUDA.");

        var error = Assert.Throws<ProviderException>(() => EndpointHost.Build(new EndpointOptions { Provider = new(ExecutionProvider.Cuda) }));

        Assert.Equal("provider_missing", error.Code);
    }

    [Fact]
    public async Task The_program_says_what_to_do_when_the_provider_is_missing()
    {
        Assert.SkipWhen(ProviderChooser.OfThisMachine().Choose(new()).Available.Contains(ExecutionProvider.Cuda), "This build has CUDA.");

        var (code, _, errors) = await RunAsync("bench", "--provider", "cuda", "--pictures", "1");

        Assert.Equal(1, code);
        Assert.StartsWith("provider_missing: ", errors, StringComparison.Ordinal);
        Assert.Contains("-p:OnnxRuntime=Gpu", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rocm")]
    [InlineData("2")]
    public async Task A_provider_that_does_not_exist_is_refused_by_name(string name)
    {
        var (code, _, errors) = await RunAsync("--provider", name);

        Assert.NotEqual(0, code);
        Assert.Contains("auto, cpu, cuda, tensorrt or webgpu", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_shows_the_options_of_providers()
    {
        var (_, output, _) = await RunAsync("--help");

        Assert.All(["--provider", "--gpu", "--gpu-memory", "--engine-cache", "--cuda-graphs"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }

    private static Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments) =>
        EndpointProgram.RunAsync(Path.Combine(AppContext.BaseDirectory, EndpointProgram.File), arguments);
}
