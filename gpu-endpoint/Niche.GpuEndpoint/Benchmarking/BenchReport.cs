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
        var table = new Table().AddColumn(new TableColumn("model").NoWrap());
        foreach (var name in (string[])["threads", "median ms", "slowest ms", "a minute", "outside %", "in batches"]) table.AddColumn(new TableColumn(name).NoWrap().RightAligned());
        foreach (var row in Rows)
        {
            var batch = row.Batch == 1 ? "-" : string.Create(CultureInfo.InvariantCulture, $"of {row.Batch}: x {row.BatchGain:0.00}");
            table.AddRow(Markup.Escape(row.Model), Text(row.Threads), Text(row.MedianMs), Text(row.SlowestMs), Text(row.PicturesPerMinute), Text(row.OutsidePercent), batch);
        }
        console.Write(table);
        foreach (var one in Advice)
        {
            var (best, most) = (Rows.First(row => row.Model == one.Model && row.Threads == one.Threads), one.Batch > 1 ? $"{one.Batch} pictures" : "one picture");
            Line($"{one.Model} on {Provider}, {best.Width} x {best.Height} in {best.Steps} steps:");
            Line($"  run it with   --threads {one.Threads} --queue {one.Queue}{(one.Batch > 1 ? $" --batch {one.Batch}" : "")}");
            Line($"  concurrency   {most} at work, {one.Queue} more may wait; the rest are told to come later");
            Line($"  promise       {one.VolumePerHour:N0} pictures an hour, four fifths of what was measured one by one");
        }

        // Commands must stay whole, so that they can be copied.
        void Line(FormattableString text) => console.Profile.Out.Writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
