using System.Globalization;

namespace Niche.Benchmarks;

/// <summary>The axon in this process, its load in another one beside it. Headers, signature, nonce file, 1 KiB body and answer are all in it.</summary>
internal static class AxonBenchmark
{
    private const int Goal = 8_000;
    private const int Megabytes = 5;

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        await using BenchAxon axon = await BenchAxon.StartAsync(1, ct).ConfigureAwait(false);
        AxonLoadOrder order = new(axon.Ports[0], axon.Hotkey.Address, "Bench", 16, 20_000);
        await LoadAsync(order, ct).ConfigureAwait(false);
        (AxonLoadReport full, double bytes, _, double micros) = await LoadAsync(order with { Requests = 5 * Goal }, ct).ConfigureAwait(false);
        (AxonLoadReport half, _, _, _) = await LoadAsync(order with { Requests = 5 * Goal / 2, Rate = Goal / 2 }, ct).ConfigureAwait(false);

        AxonLoadOrder large = order with { Path = "Upload", Connections = 2, Requests = 100, BodyBytes = Megabytes << 20 };
        await LoadAsync(large, ct).ConfigureAwait(false);
        (AxonLoadReport upload, double uploadBytes, int collections, _) = await LoadAsync(large, ct).ConfigureAwait(false);
        (AxonLoadReport raw, _, _, _) = await LoadAsync(large with { Path = "Raw" }, ct).ConfigureAwait(false);
        return
        [
            new("signed, 1 KiB body, 16 connections, one request each at a time", Text(full.Rate, "#,0 /s"), Text(Goal, ">= #,0 /s")),
            new("processor time of the axon, allocated, for each of them", $"{Text(micros, "0 µs")}, {Text(bytes / 1024, "0.0 KiB")}"),
            new(Text(half.Rate, "the same at #,0 /s"), $"p50 {Text(half.Median, "0.00")} ms, p99 {Text(half.P99, "0.00")} ms, max {Text(half.Max, "0.0")} ms", "p99 <= 5 ms"),
            new("5 MiB bodies, 2 connections", Text(upload.Rate * Megabytes, "#,0 MiB/s"), "the network copy"),
            new("Kestrel taking the same in and no more", Text(raw.Rate * Megabytes, "#,0 MiB/s")),
            new("allocated for each 5 MiB body", $"{Text(uploadBytes / 1024, "0.0 KiB")}; {collections} collections of generation 2 in {upload.Requests}", "no large objects"),
        ];
    }

    private static async Task<(AxonLoadReport Report, double Bytes, int Collections, double Micros)> LoadAsync(AxonLoadOrder order, CancellationToken ct)
    {
        GC.Collect();
        long before = GC.GetTotalAllocatedBytes(precise: true);
        TimeSpan worked = Environment.CpuUsage.TotalTime;
        int collections = GC.CollectionCount(2);
        AxonLoadReport report = await AxonLoad.StartAsync(order, ct).ConfigureAwait(false);
        if (report.Failures > 0) throw new InvalidOperationException($"{report.Failures} of {report.Requests} requests to {order.Path} failed.");
        double bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / report.Requests;
        return (report, bytes, GC.CollectionCount(2) - collections, (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / report.Requests);
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
