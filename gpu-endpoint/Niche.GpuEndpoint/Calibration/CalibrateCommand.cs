using System.CommandLine;
using System.Globalization;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Calibration;

/// <summary><c>calibrate</c>: prints the distances from which a verifier's thresholds are chosen.</summary>
internal static class CalibrateCommand
{
    public static Command Build(Option<string> models, Option<int> threads)
    {
        var prompts = BoundedOption.Create("--prompts", "How many prompts to paint.", 2, 385, 40);
        var command = new Command("calibrate", "Measures how far dishonest pictures lie from honest ones, as Markdown.") { prompts };
        command.SetAction((parsed, cancellation) => RunAsync(
            new EndpointOptions
            {
                ModelsDirectory = parsed.GetRequiredValue(models), Threads = parsed.GetRequiredValue(threads),
                // Thresholds are for pictures that the processor made: anybody can make those again.
                Provider = new ProviderSettings(ExecutionProvider.Cpu),
            },
            parsed.GetRequiredValue(prompts), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(EndpointOptions options, int prompts, CancellationToken cancellation)
    {
        using var store = new ModelStore(options, TimeProvider.System);
        await store.LoadAsync(cancellation);
        if (store.Find(ModelKind.Image, "") is not { } folder || store.Loaded.Features is null)
        {
            await Console.Error.WriteLineAsync("calibrate needs an image model and an embedding model.");
            return 1;
        }
        var other = new SessionSettings(options.Threads == 1 ? 2 : 1, BlockedLayout: true);
        using var elsewhere = await DiffusionPipeline.LoadAsync(folder, other, TimeProvider.System);
        var run = new CalibrationRun(store.Loaded, elsewhere, folder.Manifest);
        var samples = run.Measure(prompts, Console.Error.WriteLine, cancellation);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{folder.Manifest.Name} {folder.Manifest.Version}, digest {folder.Digest[..16]}: {prompts} prompts, 20 steps, guidance 4. "
            + $"Pipeline outside ONNX Runtime: {run.PipelineOverhead:P2} of the time inside. "
            + $"JPEGs nearer to the reference of their own step count (20 or 10): {run.JpegsRight} of {2 * prompts}.\n"));
        Console.Write(CalibrationTable.Render(samples));
        return 0;
    }
}
