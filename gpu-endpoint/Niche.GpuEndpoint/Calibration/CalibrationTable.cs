using System.Globalization;
using System.Text;

namespace Niche.GpuEndpoint.Calibration;

/// <summary>Writes the distances as Markdown tables: one per distance, one row per way of painting.</summary>
internal static class CalibrationTable
{
    private static readonly (string Title, Func<CalibrationSample, double> Of, string Format)[] Distances =
    [
        ("Grid: mean absolute difference, 0..255", s => s.Grid, "F4"),
        ("Grid: structural similarity", s => s.Structure, "F5"),
        ("Latent: relative L2", s => s.Latent, "F5"),
        ("Embedding: cosine", s => s.Cosine, "F5"),
        ("Difference hash: bits of 64", s => s.DifferenceHash, "F0"),
        ("DCT hash: bits of 64", s => s.CosineHash, "F0"),
    ];

    public static string Render(IReadOnlyDictionary<string, IReadOnlyList<CalibrationSample>> samples)
    {
        var text = new StringBuilder();
        foreach (var (title, of, format) in Distances)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"### {title}\n\n| painted | min | p5 | p50 | p95 | max |\n|---|---|---|---|---|---|\n");
            foreach (var (name, list) in samples)
            {
                double[] values = [.. list.Select(of).Order()];
                text.Append(CultureInfo.InvariantCulture, $"| {name} |");
                foreach (var part in (double[])[0, 0.05, 0.5, 0.95, 1])
                {
                    var value = values[(int)Math.Round(part * (values.Length - 1))];
                    text.Append(' ').Append(value.ToString(format, CultureInfo.InvariantCulture)).Append(" |");
                }
                text.Append('\n');
            }
            text.Append('\n');
        }
        return text.ToString();
    }
}
