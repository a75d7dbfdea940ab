using Microsoft.ML.OnnxRuntime;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.Inference.Tests.Models;

/// <summary>The tensors of a step, in place and on a device that the processor plays.</summary>
public sealed class StepBindingTests
{
    private const string Latents = "latent_sample";

    [Theory]
    [InlineData(nameof(DeviceStandIn.None))]
    [InlineData(nameof(DeviceStandIn.Copying))]
    [InlineData(nameof(DeviceStandIn.Binding))]
    public void A_changing_input_is_seen_by_every_run(string standIn)
    {
        using var graph = Load(standIn);
        using var input = graph.NewTensor<float>(1, 4, 16, 16);
        using var output = graph.NewTensor<float>(1, 3, 128, 128);
        using var binding = new StepBinding(graph);
        binding.Changing(Latents, input.Value);
        binding.Output("sample", output.Value);

        var seen = new[] { -1f, 1f, -1f }.Select(value => Run(binding, input, output, value)).ToArray();

        Assert.NotEqual(seen[0], seen[1]);
        Assert.Equal(seen[0], seen[2]);
        Assert.Equal(Alone(1), seen[1]);
    }

    [Fact]
    public void What_stays_goes_to_the_device_once()
    {
        using var graph = Load(nameof(DeviceStandIn.Copying));
        using var input = graph.NewTensor<float>(1, 4, 16, 16);
        using var output = graph.NewTensor<float>(1, 3, 128, 128);
        using var binding = new StepBinding(graph);
        input.Data.Fill(1);
        binding.Constant(Latents, input.Value);
        binding.Output("sample", output.Value);

        using var options = new RunOptions();
        binding.Run(new RunClock(TimeProvider.System), options);

        // Written after it went up: a device must not notice.
        Assert.Equal(Alone(1), Run(binding, input, output, -1));
    }

    [Fact]
    public void A_run_on_a_device_allocates_nothing_to_speak_of()
    {
        using var graph = Load(nameof(DeviceStandIn.Copying));
        using var input = graph.NewTensor<float>(1, 4, 16, 16);
        using var output = graph.NewTensor<float>(1, 3, 128, 128);
        using var binding = new StepBinding(graph);
        binding.Changing(Latents, input.Value);
        binding.Output("sample", output.Value);
        var (clock, options) = (new RunClock(TimeProvider.System), new RunOptions());
        binding.Run(clock, options);

        var perRun = Allocations.Of(() => binding.Run(clock, options));

        Assert.True(perRun <= 1024, $"{perRun} bytes a run");
        options.Dispose();
    }

    [Theory]
    [InlineData(nameof(DeviceStandIn.None))]
    [InlineData(nameof(DeviceStandIn.Copying))]
    [InlineData(nameof(DeviceStandIn.Binding))]
    public void What_one_graph_gives_another_goes_from_tensor_to_tensor(string standIn)
    {
        using var decoder = Load(standIn);
        using var encoder = OnnxGraph.Load(TestData.Open("niche-scenes"), "vae_encoder/model.onnx", new SessionSettings(2) { StandIn = Enum.Parse<DeviceStandIn>(standIn) }, ["sample"], [Latents]);
        using var input = decoder.NewTensor<float>(1, 4, 16, 16);
        using var output = encoder.NewTensor<float>(1, 4, 16, 16);
        using var first = new StepBinding(decoder);
        using var second = new StepBinding(encoder);
        first.Changing(Latents, input.Value);
        first.OutputThere("sample", [1, 3, 128, 128]);
        second.InputThere("sample", [1, 3, 128, 128]);
        second.Output(Latents, output.Value);
        using var copying = new StepBinding(encoder);
        using var other = encoder.NewTensor<float>(1, 4, 16, 16);
        copying.InputElsewhere("sample", first.There("sample"));
        copying.Output(Latents, other.Value);
        using var options = new RunOptions();
        var clock = new RunClock(TimeProvider.System);

        foreach (var value in (float[])[-1, 1])
        {
            input.Data.Fill(value);
            first.Run(clock, options);
            copying.Run(clock, options);
            first.There("sample").GetTensorDataAsSpan<float>().CopyTo(second.There("sample").GetTensorMutableDataAsSpan<float>());
            second.Run(clock, options);

            Assert.Equal(Alone(value), first.There("sample").GetTensorDataAsSpan<float>().ToArray());
            Assert.Equal(output.Data.ToArray(), other.Data.ToArray());
        }
        Assert.NotEqual(0, output.Data[0]);
    }

    [Theory]
    [InlineData(ExecutionProvider.Cuda)]
    [InlineData(ExecutionProvider.WebGpu)]
    public void A_real_device_has_memory_of_its_own_and_agrees_with_the_processor(ExecutionProvider kind)
    {
        Assert.SkipUnless(ProviderChooser.OfThisMachine().Choose(new()).Available.Contains(kind), $"This build of ONNX Runtime has no {kind}.");
        var failure = ProviderTrial.Try(new(kind));
        Assert.SkipWhen(failure is not null, $"{kind} does not work on this machine: {failure}");
        using var graph = OnnxGraph.Load(TestData.Open("niche-scenes"), "vae_decoder/model.onnx", new SessionSettings(2) { Provider = new(kind) }, [Latents], ["sample"]);
        using var input = graph.NewTensor<float>(1, 4, 16, 16);
        using var output = graph.NewTensor<float>(1, 3, 128, 128);
        using var binding = new StepBinding(graph);
        binding.Changing(Latents, input.Value);
        binding.Output("sample", output.Value);

        Assert.NotNull(graph.Memory);
        Run(binding, input, output, -1);
        Assert.All(Run(binding, input, output, 1).Zip(Alone(1)), pair => Assert.Equal(pair.First, pair.Second, 1e-2));
    }

    private static OnnxGraph Load(string standIn) => OnnxGraph.Load(TestData.Open("niche-scenes"), "vae_decoder/model.onnx",
        new SessionSettings(2) { StandIn = Enum.Parse<DeviceStandIn>(standIn) }, [Latents], ["sample"]);

    private static float[] Run(StepBinding binding, HostTensor<float> input, HostTensor<float> output, float value)
    {
        input.Data.Fill(value);
        using var options = new RunOptions();
        binding.Run(new RunClock(TimeProvider.System), options);
        return output.Data.ToArray();
    }

    private static float[] Alone(float value)
    {
        using var graph = Load(nameof(DeviceStandIn.None));
        using var input = new HostTensor<float>(1, 4, 16, 16);
        input.Data.Fill(value);
        using var options = new RunOptions();
        using var outputs = graph.Session.Run(options, [Latents], [input.Value], ["sample"]);
        return outputs[0].GetTensorDataAsSpan<float>().ToArray();
    }
}
