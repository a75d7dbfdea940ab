using Microsoft.ML.OnnxRuntime;

namespace Niche.Inference.Providers;

/// <summary>Chooses the provider: the one asked for, or the fastest that works.</summary>
public sealed class ProviderChooser
{
    // TensorRT is left out: it builds engines for minutes before the first picture, which nobody should get without asking.
    private static readonly ExecutionProvider[] Order = [ExecutionProvider.Cuda, ExecutionProvider.WebGpu];

    private readonly ExecutionProvider[] _available;
    private readonly Func<ProviderSettings, string?> _trial;

    internal ProviderChooser(IReadOnlyCollection<string> available, Func<ProviderSettings, string?> trial)
    {
        _available = [.. Enum.GetValues<ExecutionProvider>().Where(kind => kind != ExecutionProvider.Auto && available.Contains(ProviderOptions.NameOf(kind)))];
        _trial = trial;
    }

    /// <summary>Asks the native library that this process has.</summary>
    public static ProviderChooser OfThisMachine() => new(OrtEnv.Instance().GetAvailableProviders(), ProviderTrial.Try);

    /// <summary>Chooses.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <exception cref="ProviderException">Another one than Auto was asked for, and it is not there or does not work.</exception>
    public ProviderChoice Choose(ProviderSettings wanted)
    {
        if (wanted.Kind == ExecutionProvider.Cpu) return new ProviderChoice(wanted, "Runs on the processor, as asked.", _available);
        if (wanted.Kind != ExecutionProvider.Auto) return Insist(wanted);
        var failed = new List<string>();
        foreach (var kind in Order.Where(kind => _available.Contains(kind)))
        {
            var settings = wanted with { Kind = kind };
            if (_trial(settings) is not { } reason)
                return new ProviderChoice(settings, Sentence($"Runs on {kind}, the fastest that works here.", failed), _available);
            failed.Add($"{kind} is in this build but does not work: {reason}");
        }
        var why = failed.Count > 0 ? "Runs on the processor." : "Runs on the processor: this build of ONNX Runtime has no provider for GPUs.";
        return new ProviderChoice(wanted with { Kind = ExecutionProvider.Cpu }, Sentence(why, failed), _available);
    }

    private static string Sentence(string first, List<string> failed) => string.Join(' ', [first, .. failed]);

    private ProviderChoice Insist(ProviderSettings wanted)
    {
        if (!_available.Contains(wanted.Kind)) throw new ProviderException("provider_missing", Missing(wanted.Kind));
        if (_trial(wanted) is not { } reason) return new ProviderChoice(wanted, $"Runs on {wanted.Kind}, as asked.", _available);
        var remedy = wanted.Kind switch
        {
            ExecutionProvider.Cuda => "It needs an NVIDIA driver, CUDA 13 and cuDNN 9, as the GPU image has them (infra/docker/endpoint.gpu.Dockerfile).",
            ExecutionProvider.TensorRt => "It needs an NVIDIA driver, CUDA 13, cuDNN 9 and TensorRT 10; the cuda provider needs no TensorRT.",
            _ => "It needs a driver for Vulkan, Metal or Direct3D 12.",
        };
        throw new ProviderException("provider_failed", $"{wanted.Kind} does not work here: {reason}. {remedy}");
    }

    private string Missing(ExecutionProvider kind)
    {
        var have = string.Join(", ", _available);
        var remedy = kind == ExecutionProvider.WebGpu
            ? "No NuGet package carries it; put a native library that has it beside the program (shared/Niche.Inference/README.md), or choose another one."
            : "Build with -p:OnnxRuntime=Gpu, use the GPU image (infra/docker/endpoint.gpu.Dockerfile), or choose auto.";
        return $"This build of ONNX Runtime has {have} and no {kind}. {remedy}";
    }
}
