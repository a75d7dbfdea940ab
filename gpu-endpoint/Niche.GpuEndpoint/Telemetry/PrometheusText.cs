using System.Diagnostics.Metrics;
using System.Text;

namespace Niche.GpuEndpoint.Telemetry;

/// <summary>Listens to the endpoint's own meter and writes what it heard in Prometheus' text form, version 0.0.4.</summary>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>Its media type.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] Seconds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120];
    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, (Instrument Instrument, SortedDictionary<string, MetricSeries> Series)> _metrics = new(StringComparer.Ordinal);

    public PrometheusText(EndpointMeters meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!meters.Owns(instrument)) return;
            lock (_gate) _metrics[instrument.Name] = (instrument, new SortedDictionary<string, MetricSeries>(StringComparer.Ordinal));
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    public string Write()
    {
        var text = new StringBuilder();
        lock (_gate)
        {
            // What is not observed any more, such as a priority that nobody waits with, is over.
            foreach (var metric in _metrics.Values.Where(metric => metric.Instrument.IsObservable)) metric.Series.Clear();
            _listener.RecordObservableInstruments();
            foreach (var (instrument, series) in _metrics.Values)
            {
                // OpenTelemetry allows no colon in a name, and vLLM's names have one.
                var name = instrument.Name.Replace('.', ':');
                text.Append($"# HELP {name} {instrument.Description}\n# TYPE {name} {TypeOf(instrument)}\n");
                foreach (var one in series.Values) one.Write(text, name);
            }
        }
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static string TypeOf(Instrument instrument) => instrument switch
    {
        Histogram<double> => "histogram",
        Counter<long> => "counter",
        _ => "gauge",
    };

    // Names of models come from manifests: whatever they hold must not end the label.
    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            var text = $"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Add($"{name}=\"{text}\"");
        }
        return string.Join(',', labels);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = Labels(tags);
        lock (_gate)
        {
            var all = _metrics[instrument.Name].Series;
            if (!all.TryGetValue(labels, out var series)) all[labels] = series = new MetricSeries(labels, (instrument as Histogram<double>)?.Advice?.HistogramBucketBoundaries ?? Seconds, instrument is Histogram<double>);
            if (instrument.IsObservable) series.Set(value);
            else series.Add(value);
        }
    }
}
