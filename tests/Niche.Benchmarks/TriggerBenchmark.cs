using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Triggers;
using Niche.Triggers.Builder;
using Niche.Triggers.Queues;

namespace Niche.Benchmarks;

/// <summary>What a message of the benchmark says.</summary>
public sealed record BenchmarkMessage(string JobId, int Index);

/// <summary>Counts messages.</summary>
public sealed class MessageCounter(int target)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    public Task Done => _done.Task;

    public void Add()
    {
        if (Interlocked.Increment(ref _count) == target) _done.TrySetResult();
    }
}

/// <summary>The function that is measured.</summary>
public sealed class BenchmarkFunction(MessageCounter counter)
{
    [Function("Bench")]
    public void Run([QueueTrigger("bench")] BenchmarkMessage message) => counter.Add();
}

internal static class TriggerBenchmark
{
    private const int Messages = 40_000;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        double best = 0;
        for (int run = 0; run < 4; run++)
        {
            MessageCounter counter = new(Messages);
            FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(counter);
            builder.Local.UseFunctions(typeof(BenchmarkFunction));
            using IHost host = builder.Build();
            IQueueTransport queue = host.Services.GetRequiredService<IQueueTransport>();
            byte[] body = Encoding.UTF8.GetBytes("{\"jobId\":\"0123456789\",\"index\":0}");
            for (int i = 0; i < Messages; i++) await queue.PutAsync("bench", body, TimeSpan.Zero, null, ct).ConfigureAwait(false);
            long start = Stopwatch.GetTimestamp();
            await host.StartAsync(ct).ConfigureAwait(false);
            await counter.Done.WaitAsync(ct).ConfigureAwait(false);
            double rate = Messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
            await host.StopAsync(ct).ConfigureAwait(false);
            if (run > 0) best = Math.Max(best, rate);
        }

        return [new Measurement($"{Messages} messages in memory", best.ToString("#,0 /s", CultureInfo.InvariantCulture), ">= 20,000 /s")];
    }
}
