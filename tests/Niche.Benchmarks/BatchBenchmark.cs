using System.Diagnostics;
using System.Globalization;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;

namespace Niche.Benchmarks;

/// <summary>Pictures painted together against the same pictures one after the other, in turns within one run, so that a slow minute slows both.</summary>
internal static class BatchBenchmark
{
    private const int Rounds = 5;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        ModelFolder folder = ModelFolder.Open(Path.Combine(AppContext.BaseDirectory, "models", "niche-scenes"));
        List<Measurement> results = [];
        foreach (int threads in new[] { 1, 2 })
        {
            using DiffusionPipeline pipeline = await DiffusionPipeline.LoadAsync(folder, new SessionSettings(threads), TimeProvider.System).ConfigureAwait(false);
            foreach (int batch in new[] { 2, 4, 8 })
            {
                DiffusionJob[] jobs = [.. Enumerable.Range(0, batch).Select(i => new DiffusionJob(
                    new DiffusionRequest("a red lighthouse by the sea at night", "", (uint)i, 20, 4, 128, 128), null, ct))];
                List<double> ratios = [], singles = [];
                for (int round = -1; round < Rounds; round++)
                {
                    double alone = Milliseconds(() => { foreach (DiffusionJob job in jobs) pipeline.Generate([job])[0].Unwrap(); });
                    double together = Milliseconds(() => { foreach (DiffusionOutcome outcome in pipeline.Generate(jobs)) outcome.Unwrap(); });
                    if (round < 0) continue;
                    ratios.Add(alone / together);
                    singles.Add(alone / batch);
                }

                results.Add(new Measurement(
                    $"{batch} pictures together, 128x128, 20 steps, {threads} thread(s)",
                    string.Create(CultureInfo.InvariantCulture,
                        $"{ratios.Order().ElementAt(Rounds / 2):0.00} times the pictures a second of {batch} single ones ({singles.Order().ElementAt(Rounds / 2):0} ms each; median of {Rounds}, {ratios.Min():0.00} to {ratios.Max():0.00})"),
                    (batch, threads) is (4, 2) ? ">= 1.3" : ""));
            }
        }

        return [.. results];
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
