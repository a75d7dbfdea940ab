using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Benchmarks;

internal static class SchedulerBenchmark
{
    private const int Latent = 4 * 128 * 128;
    private const int Steps = 20;
    private const int Runs = 60;

    public static Task<Measurement[]> RunAsync(CancellationToken ct) => Task.FromResult<Measurement[]>(
    [
        .. SchedulerCatalogue.Names.Order(StringComparer.Ordinal).Select(name => new Measurement(
            $"{name}, latent 1x4x128x128", string.Create(CultureInfo.InvariantCulture, $"{Milliseconds(name):0.000} ms a step"), "<= 0.2 ms")),
    ]);

    // Best of many runs: noise only ever adds. Drawing random numbers is not the scheduler's work and is left out.
    private static double Milliseconds(string name)
    {
        using JsonDocument json = JsonDocument.Parse($$"""{"_class_name":"{{name}}","skip_prk_steps":true,"clip_sample":false}""");
        SchedulerConfig config = SchedulerConfig.Parse(json.RootElement);
        float[] latents = new float[Latent], scaled = new float[Latent], output = new float[Latent];
        new TorchCudaNoise(1).Fill(latents);
        new TorchCudaNoise(2).Fill(output);
        double best = double.MaxValue;
        for (int run = 0; run < Runs; run++)
        {
            IScheduler scheduler = SchedulerCatalogue.Create(config, Steps);
            scheduler.Step(0, output, latents, new Silence());
            long start = Stopwatch.GetTimestamp();
            for (int step = 1; step < scheduler.Timesteps.Length; step++)
            {
                scheduler.ScaleModelInput(step, latents, scaled);
                scheduler.Step(step, output, latents, new Silence());
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds / (scheduler.Timesteps.Length - 1));
        }

        return best;
    }

    private sealed class Silence : INoiseSource
    {
        public void Fill(Span<float> noise) => noise.Clear();
    }
}
