using System.Diagnostics;
using System.Net.Http.Json;

namespace Niche.Benchmarks;

/// <summary>The whole path over real sockets: API, job rows, dendrite, axon, endpoint, gates, blob, receipt, answer. Everything in one process.</summary>
internal static class PathBenchmark
{
    private const int WarmUp = 40, Requests = 200;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        await using BenchSubnet subnet = await BenchSubnet.StartAsync([], ct).ConfigureAwait(false);
        using HttpClient client = new() { BaseAddress = subnet.Address };
        return await MeasureAsync(client, subnet.Endpoint, ct).ConfigureAwait(false);
    }

    private static async Task<Measurement[]> MeasureAsync(HttpClient client, InstantEndpoint endpoint, CancellationToken ct)
    {
        Sample there = new(), back = new(), both = new();
        for (int i = -WarmUp; i < Requests; i++)
        {
            long start = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await client.PostAsJsonAsync("v1/images/generations", new { prompt = "a red house", seed = 7 }, ct).ConfigureAwait(false);
            string answer = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
            long end = Stopwatch.GetTimestamp();
            if (!response.IsSuccessStatusCode) throw new InvalidOperationException(answer);
            if (i < 0) continue;
            there.Add(Stopwatch.GetElapsedTime(start, endpoint.Reached));
            back.Add(Stopwatch.GetElapsedTime(endpoint.Left, end));
            both.Add(Stopwatch.GetElapsedTime(start, endpoint.Reached) + Stopwatch.GetElapsedTime(endpoint.Left, end));
        }

        return
        [
            new("API accept to miner's endpoint", there.Describe()),
            new("endpoint to answer (gates, blob, receipt)", back.Describe()),
            new("both", both.Describe(), "p50 <= 15 ms, p95 <= 50 ms"),
        ];
    }
}
