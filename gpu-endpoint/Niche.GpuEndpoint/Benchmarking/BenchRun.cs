using Niche.GpuEndpoint.Routes;
using Niche.Inference.Diffusion;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>Paints with every number of threads that may pay on this machine: 1, 2, 4 and so on up to its processors. A GPU does not care.</summary>
internal sealed class BenchRun(TimeProvider time, int processors, ProviderSettings provider)
{
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
        var request = new DiffusionRequest("a red house", "", 1, m.Steps?.Default ?? 20, m.Guidance?.Default ?? 7.5, size.Width, size.Height);
        pipeline.Generate(request, null, cancellation);
        var timings = Enumerable.Range(0, pictures).Select(i => pipeline.Generate(request with { Seed = (uint)i }, null, cancellation).Timings).ToArray();
        var each = timings.Select(t => t.Total.TotalMilliseconds).Order().ToArray();
        var (total, runs) = (each.Sum(), timings.Sum(t => t.Runs.TotalMilliseconds));
        return new BenchRow(m.Name, threads, pictures, each[each.Length / 2], each[^1], 60_000 * pictures / total, 100 * (total - runs) / total);
    }
}
