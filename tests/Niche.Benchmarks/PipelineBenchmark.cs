using System.Globalization;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;

namespace Niche.Benchmarks;

internal static class PipelineBenchmark
{
    private const int Pictures = 15;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        ModelFolder folder = ModelFolder.Open(Path.Combine(AppContext.BaseDirectory, "models", "niche-scenes"));
        List<Measurement> results = [];
        foreach (int threads in new[] { 1, 2 })
        {
            using DiffusionPipeline pipeline = await DiffusionPipeline.LoadAsync(folder, new SessionSettings(threads), TimeProvider.System).ConfigureAwait(false);
            List<double> overheads = [], totals = [];
            for (int i = -2; i < Pictures; i++)
            {
                DiffusionRequest request = new("a red lighthouse by the sea at night", "", (uint)(100 + i), 20, 4, 128, 128);
                DiffusionTimings timings = pipeline.Generate(request, null, ct).Timings;
                if (i < 0) continue;
                overheads.Add((timings.Total / timings.Runs) - 1);
                totals.Add(timings.Total.TotalMilliseconds);
            }

            results.Add(new Measurement(
                $"128x128, 20 steps, {threads} thread(s)",
                string.Create(CultureInfo.InvariantCulture,
                    $"{Median(totals):0} ms; outside ONNX Runtime {Median(overheads) * 100:0.00} % of the time inside (median of {Pictures})"),
                "<= 3 %"));
        }

        return [.. results];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
