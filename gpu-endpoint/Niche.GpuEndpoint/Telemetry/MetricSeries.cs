using System.Globalization;
using System.Text;

namespace Niche.GpuEndpoint.Telemetry;

/// <summary>One series in Prometheus' text form: a sum, a newest value, or a histogram.</summary>
internal sealed class MetricSeries(string labels, IReadOnlyList<double> bounds, bool histogram)
{
    private readonly long[] _buckets = new long[bounds.Count];
    private double _value;
    private long _count;

    public void Add(double value)
    {
        _value += value;
        _count++;
        for (var i = bounds.Count - 1; i >= 0 && value <= bounds[i]; i--) _buckets[i]++;
    }

    public void Set(double value) => _value = value;

    public void Write(StringBuilder text, string name)
    {
        if (!histogram)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{labels}}} {_value}\n");
            return;
        }
        for (var i = 0; i < bounds.Count; i++) text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"{bounds[i]}\"}} {_buckets[i]}\n");
        text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels},le=\"+Inf\"}} {_count}\n{name}_sum{{{labels}}} {_value}\n{name}_count{{{labels}}} {_count}\n");
    }
}
