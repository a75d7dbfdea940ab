using System.Diagnostics;
using System.Text.Json;
using Niche.GpuEndpoint.Benchmarking;

namespace Niche.GpuEndpoint.Tests.Benchmarking;

public sealed class BenchTests
{
    [Fact]
    public void Advice_takes_the_fastest_row_and_promises_less_than_was_measured()
    {
        var advice = BenchAdvice.From([new("m", 1, 5, 1000, 1100, 60, 1), new("m", 2, 5, 600, 1000, 100, 1)], TimeSpan.FromSeconds(12));

        Assert.Equal(new BenchAdvice("m", 2, 11, 4800), advice);
    }

    [Theory]
    [InlineData(4, 1.3, 4)]
    [InlineData(4, 1.1, 1)]
    [InlineData(1, 1.0, 1)]
    public void Batches_are_proposed_only_where_they_clearly_pay(int batch, double gain, int proposed) =>
        Assert.Equal(proposed, BenchAdvice.From([new("m", 2, 5, 600, 1000, 100, 1, batch, gain)], TimeSpan.FromSeconds(12)).Batch);

    [Fact]
    public async Task The_program_measures_every_number_of_threads_on_this_machine()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.GpuEndpoint.dll"), "bench", "--pictures", "1", "--json"])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        var report = JsonDocument.Parse(output).RootElement;
        var rows = report.GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(Environment.ProcessorCount, rows[^1].GetProperty("threads").GetInt32());
        Assert.All(rows, row => Assert.True(row.GetProperty("median_ms").GetDouble() > 0 && row.GetProperty("pictures_per_minute").GetDouble() > 0));
        Assert.All(rows, row => Assert.True(row.GetProperty("batch").GetInt32() == 4 && row.GetProperty("batch_gain").GetDouble() > 0));
        Assert.Equal("niche-scenes", Assert.Single(report.GetProperty("advice").EnumerateArray()).GetProperty("model").GetString());
    }
}
