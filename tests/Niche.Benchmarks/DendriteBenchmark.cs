using System.Diagnostics;
using System.Globalization;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;

namespace Niche.Benchmarks;

/// <summary>One query to each of 256 miners, over connections that are not open yet; dendrite and miners in one process, on a port each.</summary>
internal static class DendriteBenchmark
{
    private const int Miners = 256, Slowest = 1000, Runs = 3;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        await using BenchAxon axon = await BenchAxon.StartAsync(Miners, ct).ConfigureAwait(false);
        AxonEndpoint[] miners = [.. axon.Ports.Select(port => new AxonEndpoint("127.0.0.1", port, axon.Hotkey.Address))];
        List<Measurement> results = [];
        for (int run = 0; run <= Runs; run++)
        {
            (TimeSpan wall, TimeSpan slowest) = await QueryAsync(miners, ct).ConfigureAwait(false);
            if (run > 0) results.Add(new(
                $"256 miners answering after 4 to {Slowest} ms, run {run}",
                string.Create(CultureInfo.InvariantCulture, $"{wall.TotalMilliseconds:0} ms; the slowest miner took {slowest.TotalMilliseconds:0} ms"),
                string.Create(CultureInfo.InvariantCulture, $"<= {(1.2 * slowest.TotalMilliseconds) + 50:0} ms")));
        }

        return [.. results];
    }

    private static async Task<(TimeSpan Wall, TimeSpan Slowest)> QueryAsync(AxonEndpoint[] miners, CancellationToken ct)
    {
        using Keypair hotkey = Keypair.FromUri("//bench//caller");
        using HttpClient http = new(DendriteClient.CreateHandler());
        DendriteClient dendrite = new(hotkey, http, TimeProvider.System);
        int next = 0;
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<SynapseResult<BenchAxon.Pause>> results = await dendrite.CallManyAsync(
            miners, _ => new BenchAxon.Pause { Milliseconds = Interlocked.Increment(ref next) * Slowest / Miners }, TimeSpan.FromSeconds(30), ct).ConfigureAwait(false);
        TimeSpan wall = Stopwatch.GetElapsedTime(start);
        if (results.FirstOrDefault(result => !result.IsSuccess) is { } failed) throw new InvalidOperationException(failed.StatusMessage);
        return (wall, results.Max(result => result.AxonProcessTime!.Value));
    }
}
