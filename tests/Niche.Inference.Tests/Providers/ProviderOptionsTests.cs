using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.Inference.Tests.Providers;

public sealed class ProviderOptionsTests
{
    [Fact]
    public void Cuda_neither_measures_algorithms_for_every_size_nor_takes_memory_by_doubling()
    {
        var options = ProviderOptions.Cuda(new(ExecutionProvider.Cuda, Device: 1, MemoryLimit: 3L << 30));

        Assert.Equal(("1", "HEURISTIC", "kSameAsRequested", "3221225472"),
            (options["device_id"], options["cudnn_conv_algo_search"], options["arena_extend_strategy"], options["gpu_mem_limit"]));
        Assert.DoesNotContain("gpu_mem_limit", ProviderOptions.Cuda(new(ExecutionProvider.Cuda)).Keys);
    }

    [Fact]
    public void What_is_captured_is_measured_thoroughly_and_only_then()
    {
        var settings = new ProviderSettings(ExecutionProvider.Cuda, CudaGraphs: true);

        Assert.Equal(("1", "EXHAUSTIVE"), (ProviderOptions.Cuda(settings, captures: true)["enable_cuda_graph"], ProviderOptions.Cuda(settings, captures: true)["cudnn_conv_algo_search"]));
        Assert.DoesNotContain("enable_cuda_graph", ProviderOptions.Cuda(settings).Keys);
    }

    [Fact]
    public void TensorRt_keeps_engines_and_timings_where_it_is_told_to()
    {
        var settings = new ProviderSettings(ExecutionProvider.TensorRt, EngineCache: "engines");

        var options = ProviderOptions.TensorRt(settings, new ShapeProfile("a:1", "a:2", "a:4"));

        Assert.Equal(("1", "engines", "engines", "a:1", "a:2", "a:4"),
            (options["trt_engine_cache_enable"], options["trt_engine_cache_path"], options["trt_timing_cache_path"],
            options["trt_profile_min_shapes"], options["trt_profile_opt_shapes"], options["trt_profile_max_shapes"]));
        Assert.DoesNotContain(ProviderOptions.TensorRt(settings with { EngineCache = null }, null).Keys, key => key.Contains("cache", StringComparison.Ordinal));
    }

    [Fact]
    public void The_profile_of_a_denoiser_spans_what_its_model_offers()
    {
        var folder = TestData.Open("niche-scenes");

        var profile = ShapeProfile.Of(OnnxTensors.Inputs(folder.PathOf("unet/model.onnx")), OpenAxes.Of(folder.Manifest));

        Assert.Equal("sample:1x4x16x16,timestep:1,encoder_hidden_states:1x1x128", profile?.Min);
        Assert.Equal("sample:8x4x16x16,timestep:8,encoder_hidden_states:8x231x128", profile?.Max);
    }

    [Fact]
    public void A_graph_with_an_axis_of_unknown_range_gets_no_profile()
    {
        Assert.Null(ShapeProfile.Of([new OnnxInput("x", [null, 4])], (_, _) => null));
        Assert.Null(ShapeProfile.Of([new OnnxInput("x", [1, 4])], (_, _) => new Bounds<int>(1, 2, 1)));
    }

    [Fact]
    public void Inputs_are_read_as_the_runtime_reads_them()
    {
        var path = TestData.Open("niche-clip").PathOf("text_encoder/model.onnx");
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(path);

        var inputs = OnnxTensors.Inputs(path);

        Assert.Equal(session.InputMetadata.Select(pair => (pair.Key, string.Join(',', pair.Value.Dimensions))),
            inputs.Select(input => (input.Name, string.Join(',', input.Axes.Select(axis => axis ?? -1)))));
    }

    [Fact]
    public void Nothing_runs_on_a_provider_that_was_not_chosen()
    {
        using var options = new Microsoft.ML.OnnxRuntime.SessionOptions();

        Assert.Throws<ArgumentException>(() => ProviderOptions.Append(options, new(ExecutionProvider.Auto)));
    }
}
