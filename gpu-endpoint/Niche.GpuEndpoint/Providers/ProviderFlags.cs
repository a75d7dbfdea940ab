using System.CommandLine;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Providers;

/// <summary>The options that say what computes, for the server and every command that runs models.</summary>
internal static class ProviderFlags
{
    private const int MostMebibytes = 1 << 20;

    private static readonly Option<ExecutionProvider> Provider = Create();

    private static readonly Option<int> Device = BoundedOption.Create(
        "--gpu", "Number of the GPU. [NICHE_ENDPOINT_GPU]", 0, 255, 0, "NICHE_ENDPOINT_GPU");

    private static readonly Option<int> Memory = BoundedOption.Create(
        "--gpu-memory", "MiB of GPU memory that one graph may take; 0 for no limit. [NICHE_ENDPOINT_GPU_MEMORY]",
        0, MostMebibytes, 0, "NICHE_ENDPOINT_GPU_MEMORY");

    private static readonly Option<string?> Engines = new("--engine-cache")
    {
        Description = "Folder where TensorRT keeps the engines it built. [NICHE_ENDPOINT_ENGINE_CACHE]",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("NICHE_ENDPOINT_ENGINE_CACHE"),
    };

    private static readonly Option<bool> Graphs = new("--cuda-graphs")
    {
        Description = "CUDA captures a step of denoising and replays it. [NICHE_ENDPOINT_CUDA_GRAPHS]",
        DefaultValueFactory = _ => bool.TryParse(Environment.GetEnvironmentVariable("NICHE_ENDPOINT_CUDA_GRAPHS"), out var on) && on,
    };

    /// <summary>Adds the options to a command and those under it.</summary>
    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Provider, Device, Memory, Engines, Graphs })
        {
            option.Recursive = true;
            command.Add(option);
        }
    }

    public static ProviderSettings Read(ParseResult parsed) => new(
        parsed.GetRequiredValue(Provider), parsed.GetRequiredValue(Device), (long)parsed.GetRequiredValue(Memory) << 20, parsed.GetValue(Engines),
        parsed.GetValue(Graphs));

    private static Option<ExecutionProvider> Create()
    {
        var option = new Option<ExecutionProvider>("--provider")
        {
            Description = "What computes: auto, cpu, cuda, tensorrt or webgpu. auto takes the fastest that works here and says why. [NICHE_ENDPOINT_PROVIDER]",
            CustomParser = result => Parse(result.Tokens[0].Value, result.AddError, "--provider"),
            DefaultValueFactory = result => Environment.GetEnvironmentVariable("NICHE_ENDPOINT_PROVIDER") is { Length: > 0 } text
                ? Parse(text, result.AddError, "NICHE_ENDPOINT_PROVIDER")
                : ExecutionProvider.Auto,
        };
        option.HelpName = "auto|cpu|cuda|tensorrt|webgpu";
        return option;
    }

    // By name only: a number would name a provider too.
    private static ExecutionProvider Parse(string text, Action<string> refuse, string name)
    {
        if (!int.TryParse(text, out _) && Enum.TryParse<ExecutionProvider>(text, ignoreCase: true, out var kind)) return kind;
        refuse($"{name} takes auto, cpu, cuda, tensorrt or webgpu.");
        return ExecutionProvider.Auto;
    }
}
