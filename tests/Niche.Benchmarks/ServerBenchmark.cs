using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Benchmarks;

/// <summary>The model server over loopback, with its clients in the same process on the same processors.</summary>
internal static class ServerBenchmark
{
    private const int PerSecond = 500;
    private const int Seconds = 5;
    private const int Jobs = 2000;
    private const int Rounds = 10;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct) =>
        [.. await QueueAsync(ct).ConfigureAwait(false), await PaintingAsync(ct).ConfigureAwait(false), await MemoryAsync(ct).ConfigureAwait(false), await ChangesAsync(ct).ConfigureAwait(false)];

    // Predictions come at an even pace while nothing works them off; then the gate is opened and all have to be done.
    private static async Task<Measurement[]> QueueAsync(CancellationToken ct)
    {
        GatedEngine engine = new();
        await using WebApplication app = await StartAsync(new EndpointOptions { Threads = 1, Queue = 10_000 }, services => services.AddSingleton<IImageEngine>(engine), ct).ConfigureAwait(false);
        using HttpClient http = Client(app);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<Sample> health = HealthAsync(app, over.Token);
        (Sample accepted, int refused) = (new Sample(), 0);
        List<Task> sent = [];
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < PerSecond * Seconds; i++)
        {
            TimeSpan due = TimeSpan.FromSeconds((double)i / PerSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero) await Task.Delay(due, ct).ConfigureAwait(false);
            sent.Add(SendAsync(i));
        }
        await Task.WhenAll(sent).ConfigureAwait(false);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        engine.Open();
        while (engine.Made < (PerSecond * Seconds) - refused) await Task.Delay(10, ct).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return
        [
            new Measurement(
                string.Create(CultureInfo.InvariantCulture, $"PUT /predictions for a model that is busy, {PerSecond} a second for {Seconds} s"),
                string.Create(CultureInfo.InvariantCulture, $"{sent.Count - refused} queued and then done, {refused} refused, {sent.Count / seconds:0} /s; acceptance {accepted.Describe()}, p99 {accepted.At(0.99):0.0} ms"),
                "500 /s, none refused"),
            Health("GET /health/ready beside it", await health.ConfigureAwait(false)),
        ];

        async Task SendAsync(int i)
        {
            using HttpRequestMessage request = new(HttpMethod.Put, new Uri($"/predictions/p{i}", UriKind.Relative));
            request.Content = new StringContent($$$"""{"priority":{{{i % 3}}},"input":{"prompt":"a red house","seed":{{{i}}}}}""", Encoding.UTF8, "application/json");
            request.Headers.Add("Prefer", "respond-async");
            long began = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.SendAsync(request, ct).ConfigureAwait(false);
            lock (accepted)
            {
                accepted.Add(Stopwatch.GetElapsedTime(began));
                if (!response.IsSuccessStatusCode) refused++;
            }
        }
    }

    // Graphs on every thread there is, and the health route has to answer all the same.
    private static async Task<Measurement> PaintingAsync(CancellationToken ct)
    {
        await using WebApplication app = await StartAsync(new EndpointOptions { Threads = Environment.ProcessorCount }, null, ct).ConfigureAwait(false);
        using HttpClient http = Client(app);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task<Sample> health = HealthAsync(app, over.Token);
        for (int i = 0; i < 25; i++) await PostAsync(http, $$"""{"prompt":"a red house","seed":{{i}}}""", ct).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        return Health(string.Create(CultureInfo.InvariantCulture, $"GET /health/ready while the demo model paints on {Environment.ProcessorCount} threads"), await health.ConfigureAwait(false));
    }

    // A real pipeline over graphs that cost next to nothing, so that what the server itself leaves behind shows.
    private static async Task<Measurement> MemoryAsync(CancellationToken ct)
    {
        DirectoryInfo models = Directory.CreateTempSubdirectory("niche-bench-");
        TinyDiffusion.StableDiffusion(Path.Combine(models.FullName, "tiny"));
        long managed, resident;
        await using (WebApplication app = await StartAsync(new EndpointOptions { ModelsDirectory = models.FullName, Threads = 1 }, null, ct).ConfigureAwait(false))
        {
            using HttpClient http = Client(app);
            await PaintAsync(0, Jobs / 4).ConfigureAwait(false);
            (long managedBefore, long residentBefore) = Memory();
            await PaintAsync(Jobs / 4, Jobs + (Jobs / 4)).ConfigureAwait(false);
            (long managedAfter, long residentAfter) = Memory();
            (managed, resident) = (managedAfter - managedBefore, residentAfter - residentBefore);

            async Task PaintAsync(int from, int to)
            {
                for (int i = from; i < to; i++) await PostAsync(http, $$"""{"prompt":"the quick brown fox","seed":{{i}}}""", ct).ConfigureAwait(false);
            }
        }
        models.Delete(recursive: true);
        return new Measurement(
            string.Create(CultureInfo.InvariantCulture, $"memory after {Jobs:#,0} pictures against before, after {Jobs / 4} to warm up"),
            string.Create(CultureInfo.InvariantCulture, $"{managed / 1024.0:+0;-0} KiB managed, {resident / 1048576.0:+0.0;-0.0} MiB resident"), "no growth");
    }

    // A model goes and comes again: what it took has to be free each time.
    private static async Task<Measurement> ChangesAsync(CancellationToken ct)
    {
        const string Model = "niche-scenes";
        await using WebApplication app = await StartAsync(new EndpointOptions { Threads = 1 }, null, ct).ConfigureAwait(false);
        using HttpClient http = Client(app);
        List<long> with = [], without = [];
        for (int i = 0; i < Rounds; i++)
        {
            with.Add(Memory().Resident);
            using HttpResponseMessage removed = await http.DeleteAsync(new Uri($"/models/{Model}", UriKind.Relative), ct).ConfigureAwait(false);
            removed.EnsureSuccessStatusCode();
            await UntilAsync(404).ConfigureAwait(false);
            without.Add(Memory().Resident);
            using StringContent body = new($$"""{"name":"{{Model}}"}""", Encoding.UTF8, "application/json");
            using HttpResponseMessage added = await http.PostAsync(new Uri("/models", UriKind.Relative), body, ct).ConfigureAwait(false);
            added.EnsureSuccessStatusCode();
            await UntilAsync(200).ConfigureAwait(false);
        }
        return new Measurement(
            string.Create(CultureInfo.InvariantCulture, $"the demo model removed and added {Rounds} times"),
            string.Create(CultureInfo.InvariantCulture, $"{(with[^1] - without[^1]) / 1048576.0:0.0} MiB freed; without it {(without[^1] - without[Rounds / 2]) / 1048576.0:+0.0;-0.0} MiB resident over the second half"), "no growth");

        async Task UntilAsync(int status)
        {
            while (true)
            {
                using HttpResponseMessage health = await http.GetAsync(new Uri($"/health/model/{Model}", UriKind.Relative), ct).ConfigureAwait(false);
                if ((int)health.StatusCode == status) return;
                await Task.Delay(20, ct).ConfigureAwait(false);
            }
        }
    }

    private static (long Managed, long Resident) Memory()
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        using Process own = Process.GetCurrentProcess();
        return (managed, own.WorkingSet64);
    }

    private static Measurement Health(string what, Sample sample) =>
        new(what, string.Create(CultureInfo.InvariantCulture, $"{sample.Describe()}, p99 {sample.At(0.99):0.0} ms"), "p99 <= 10 ms");

    private static async Task<Sample> HealthAsync(WebApplication app, CancellationToken over)
    {
        using HttpClient http = Client(app);
        Sample sample = new();
        while (!over.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), CancellationToken.None).ConfigureAwait(false);
            sample.Add(Stopwatch.GetElapsedTime(start));
            response.EnsureSuccessStatusCode();
            await Task.Delay(5, CancellationToken.None).ConfigureAwait(false);
        }
        return sample;
    }

    private static async Task PostAsync(HttpClient http, string body, CancellationToken ct)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(new Uri("/generate", UriKind.Relative), content, ct).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
    }

    private static async Task<WebApplication> StartAsync(EndpointOptions options, Action<IServiceCollection>? services, CancellationToken ct)
    {
        WebApplication app = EndpointHost.Build(options with { Urls = ["http://127.0.0.1:0"], Only = [ModelKind.Image] }, services);
        await app.StartAsync(ct).ConfigureAwait(false);
        while (!app.Services.GetRequiredService<ModelStore>().Ready) await Task.Delay(20, ct).ConfigureAwait(false);
        return app;
    }

    private static HttpClient Client(WebApplication app) => new() { BaseAddress = new Uri(app.Urls.First()) };

    /// <summary>An engine that keeps every picture waiting until it is opened, and then costs nothing.</summary>
    private sealed class GatedEngine : IImageEngine
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _made;

        public int Made => Volatile.Read(ref _made);

        public void Open() => _gate.SetResult();

        public async Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation)
        {
            await _gate.Task.WaitAsync(cancellation).ConfigureAwait(false);
            Interlocked.Increment(ref _made);
            return new GeneratedImage([1], "", job.Seed, job.Steps, new ImageTimings(0, 0, 0, 0, 0, 0, 0));
        }
    }
}
