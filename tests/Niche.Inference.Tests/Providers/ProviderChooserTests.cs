using Niche.Inference.Providers;

namespace Niche.Inference.Tests.Providers;

public sealed class ProviderChooserTests
{
    private const string Cpu = "CPUExecutionProvider", Cuda = "CUDAExecutionProvider", TensorRt = "TensorrtExecutionProvider", WebGpu = "WebGpuExecutionProvider";

    [Theory]
    [InlineData(new[] { Cpu }, ExecutionProvider.Cpu)]
    [InlineData(new[] { TensorRt, Cuda, Cpu }, ExecutionProvider.Cuda)]
    [InlineData(new[] { WebGpu, Cpu }, ExecutionProvider.WebGpu)]
    [InlineData(new[] { WebGpu, Cuda, Cpu }, ExecutionProvider.Cuda)]
    public void Auto_takes_the_fastest_that_is_there_and_never_builds_engines_unasked(string[] available, ExecutionProvider expected) =>
        Assert.Equal(expected, new ProviderChooser(available, _ => null).Choose(new(ExecutionProvider.Auto)).Settings.Kind);

    [Fact]
    public void Auto_falls_back_and_tells_what_did_not_work()
    {
        var chooser = new ProviderChooser([TensorRt, Cuda, WebGpu, Cpu], settings => $"no driver for {settings.Kind}");

        var choice = chooser.Choose(new(ExecutionProvider.Auto, Device: 1));

        Assert.Equal(new ProviderSettings(ExecutionProvider.Cpu, 1), choice.Settings);
        Assert.Contains("Cuda is in this build but does not work: no driver for Cuda", choice.Reason, StringComparison.Ordinal);
        Assert.Contains("no driver for WebGpu", choice.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExecutionProvider.Cuda, "-p:OnnxRuntime=Gpu")]
    [InlineData(ExecutionProvider.TensorRt, "endpoint.gpu.Dockerfile")]
    [InlineData(ExecutionProvider.WebGpu, "native library")]
    public void One_that_is_asked_for_and_missing_is_an_error_that_says_what_to_do(ExecutionProvider kind, string remedy)
    {
        var error = Assert.Throws<ProviderException>(() => new ProviderChooser([Cpu], _ => null).Choose(new(kind)));

        Assert.Equal("provider_missing", error.Code);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_asked_for_and_fails_is_an_error_with_the_reason()
    {
        var error = Assert.Throws<ProviderException>(() => new ProviderChooser([Cuda, Cpu], _ => "libcublasLt.so.13 is missing").Choose(new(ExecutionProvider.Cuda)));

        Assert.Equal("provider_failed", error.Code);
        Assert.Contains("libcublasLt.so.13", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void This_machine_has_a_processor_and_the_trial_graph_runs_on_it()
    {
        var choice = ProviderChooser.OfThisMachine().Choose(new(ExecutionProvider.Auto));

        Assert.Contains(ExecutionProvider.Cpu, choice.Available);
        Assert.Null(ProviderTrial.Try(new ProviderSettings()));
    }
}
