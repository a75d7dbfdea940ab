using System.Globalization;
using Spectre.Console;

namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>All measurements and advice of one run.</summary>
/// <param name="Provider">What computed.</param>
/// <param name="Processors">Logical processors of this machine.</param>
/// <param name="Rows">Measurements.</param>
/// <param name="Advice">Advice per model.</param>
public sealed record BenchReport(string Provider, int Processors, IReadOnlyList<BenchRow> Rows, IReadOnlyList<BenchAdvice> Advice)
{
    /// <summary>Prints it for people.</summary>
    public void Print(IAnsiConsole console)
    {
        var table = new Table().AddColumns("model", "threads", "pictures", "median ms", "slowest ms", "pictures/min", "outside runtime %", "batch", "gain");
        foreach (var row in Rows)
        {
            table.AddRow(Markup.Escape(row.Model), Text(row.Threads), Text(row.Pictures), Text(row.MedianMs), Text(row.SlowestMs), Text(row.PicturesPerMinute), Text(row.OutsidePercent), Text(row.Batch),
                row.BatchGain.ToString("0.00", CultureInfo.InvariantCulture));
        }
        console.Write(table);
        foreach (var one in Advice)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{one.Model}: --threads {one.Threads} --queue {one.Queue}{(one.Batch > 1 ? $" --batch {one.Batch}" : "")}, promise {one.VolumePerHour} pictures an hour"));
        }
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
