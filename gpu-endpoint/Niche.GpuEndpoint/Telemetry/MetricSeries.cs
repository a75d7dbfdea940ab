using System.Globalization;
using System.Text;

namespace Niche.GpuEndpoint.Telemetry;

/// <summary>One series in Prometheus' text form: a sum, a newest value, or a histogram.</summary>
internal sealed class MetricSeries(string labels, bool histogram)
{
    /// <summary>Upper bounds of the buckets in seconds.</summary>
    private static readonly double[] Bounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120];

    private readonly long[] _buckets = new long[Bounds.Length];
    private double _value;
    private long _count;

    public void Add(double value)
    {
        _value += value;
        _count++;
        for (var i = Bounds.Length - 1; i >= 0 && value <= Bounds[i]; i--) _buckets[i]++;
    }

    public void Set(double value) => _value = value;

    public void Write(StringBuilder text, string name)
    {
        if (!histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {_value}\n");
            return;
        }
        for (var i = 0; i < Bounds.Length; i++) text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{Bounds[i]}\"}} {_buckets[i]}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"+Inf\"}} {_count}\n{name}_sum{{{labels}}} {_value}\n{name}_count{{{labels}}} {_count}\n");
    }
}
