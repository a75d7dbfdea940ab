using Niche.GpuEndpoint.Routes;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>Paints with every number of threads that may pay on this machine: 1, 2, 4 and so on up to its processors. A GPU does not care.</summary>
internal sealed class BenchRun(TimeProvider time, int processors, ProviderSettings provider)
{
    private const int Together = 4;

    public async Task<BenchReport> MeasureAsync(IEnumerable<ModelFolder> models, int pictures, TimeSpan patience, CancellationToken cancellation)
    {
        var (rows, advice) = (new List<BenchRow>(), new List<BenchAdvice>());
        foreach (var model in models)
        {
            var own = new List<BenchRow>();
            foreach (var threads in Threads()) own.Add(await MeasureAsync(model, threads, pictures, cancellation));
            rows.AddRange(own);
            advice.Add(BenchAdvice.From(own, patience));
        }
        return new BenchReport(ProviderAnswer.Text(provider.Kind), processors, rows, advice);
    }

    private IEnumerable<int> Threads()
    {
        for (var threads = 1; threads < processors && provider.Kind == ExecutionProvider.Cpu; threads *= 2) yield return threads;
        yield return processors;
    }

    private async Task<BenchRow> MeasureAsync(ModelFolder model, int threads, int pictures, CancellationToken cancellation)
    {
        using var pipeline = await DiffusionPipeline.LoadAsync(model, new SessionSettings(threads) { Provider = provider }, time);
        var (size, m) = (model.Manifest.Sizes[0], model.Manifest);
        var request = pipeline.Example(size.Width, size.Height) with { Prompt = "a red house", Seed = 1, Steps = m.Steps?.Default ?? 20, Guidance = m.Guidance?.Default ?? 7.5 };
        pipeline.Generate(request, null, cancellation);
        var timings = Enumerable.Range(0, pictures).Select(i => pipeline.Generate(request with { Seed = (uint)i }, null, cancellation).Timings).ToArray();
        var each = timings.Select(t => t.Total.TotalMilliseconds).Order().ToArray();
        var (total, runs) = (each.Sum(), timings.Sum(t => t.Runs.TotalMilliseconds));
        var batch = Math.Min(Together, m.Limits?.Batch ?? Together);
        var gain = batch == 1 ? 1 : Gain(pipeline, [.. Enumerable.Range(0, batch).Select(i => new DiffusionJob(request with { Seed = (uint)i }, null, cancellation))], Math.Max(1, pictures / batch));
        return new BenchRow(m.Name, threads, pictures, each[each.Length / 2], each[^1], 60_000 * pictures / total, 100 * (total - runs) / total, batch, gain) { Width = size.Width, Height = size.Height, Steps = request.Steps };
    }

    // In turns, so that a slow moment slows both; the median of the rounds.
    private double Gain(DiffusionPipeline pipeline, DiffusionJob[] jobs, int rounds)
    {
        var gains = new double[rounds];
        for (var i = 0; i < rounds; i++)
        {
            var start = time.GetTimestamp();
            foreach (var job in jobs) pipeline.Generate([job])[0].Unwrap();
            var between = time.GetTimestamp();
            foreach (var outcome in pipeline.Generate(jobs)) outcome.Unwrap();
            gains[i] = time.GetElapsedTime(start, between) / time.GetElapsedTime(between);
        }
        return gains.Order().ElementAt(rounds / 2);
    }
}
