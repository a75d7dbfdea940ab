using System.Diagnostics.Metrics;
using Niche.GpuEndpoint.Queueing;

namespace Niche.GpuEndpoint.Telemetry;

/// <summary>What this endpoint counts, named after vLLM's metrics where they have one.</summary>
internal sealed class EndpointMeters : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "Niche.GpuEndpoint";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _latency;
    private readonly Histogram<double> _queue;
    private readonly Histogram<double> _batch;
    private readonly Histogram<double> _firstToken;
    private readonly Counter<long> _images;
    private readonly Counter<long> _recovered;
    private readonly Counter<long> _promptTokens;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _blocked;

    public EndpointMeters(WorkLanes lanes)
    {
        _latency = _meter.CreateHistogram<double>("niche.e2e_request_latency_seconds", "s", "From the request to its picture or the end of its text.");
        _queue = _meter.CreateHistogram<double>("niche.request_queue_time_seconds", "s", "Waiting for a turn.");
        _batch = _meter.CreateHistogram<double>("niche.batch_size", null, "Pictures painted together.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] });
        _images = _meter.CreateCounter<long>("niche.images_total", null, "Pictures made.");
        _recovered = _meter.CreateCounter<long>("niche.images_recovered_total", null, "Pictures painted again in single precision, because half precision overflowed.");
        _firstToken = _meter.CreateHistogram<double>("niche.time_to_first_token_seconds", "s", "From the request to the first token of its text.");
        _promptTokens = _meter.CreateCounter<long>("niche.prompt_tokens_total", null, "Tokens of prompts of texts.");
        _tokens = _meter.CreateCounter<long>("niche.generation_tokens_total", null, "Tokens of texts made.");
        _blocked = _meter.CreateCounter<long>("niche.images_blocked_total", null, "Pictures made and held back.");
        _meter.CreateObservableGauge("niche.num_requests_running", () => Each(lanes, lane => lane.Running), null, "Requests at work.");
        _meter.CreateObservableGauge("niche.num_requests_waiting", () => Each(lanes, lane => lane.Waiting), null, "Requests waiting for a turn.");
        _meter.CreateObservableGauge("niche.model_requests_running", () => Each("model_name", lanes.Images.Census().Running, lanes.Texts.Census().Running, lanes.Passed.Census().Running), null, "Pictures and texts at work, by model.");
        _meter.CreateObservableGauge("niche.model_requests_waiting", () => Each("model_name", lanes.Images.Census().Waiting, lanes.Texts.Census().Waiting, lanes.Passed.Census().Waiting), null, "Pictures and texts waiting for a turn, by model.");
        _meter.CreateObservableGauge("niche.queue_depth", () => Each("priority", lanes.Images.Census().Priorities), null, "Pictures waiting for a turn, by priority.");
    }

    public void BatchBegins(string model, int size) => _batch.Record(size, new KeyValuePair<string, object?>("model_name", model));

    public void ImageBlocked(string model) => _blocked.Add(1, new KeyValuePair<string, object?>("model_name", model));

    public void ImageMade(string model, TimeSpan queued, TimeSpan total, bool recovered)
    {
        var tag = new KeyValuePair<string, object?>("model_name", model);
        _images.Add(1, tag);
        if (recovered) _recovered.Add(1, tag);
        _queue.Record(queued.TotalSeconds, tag);
        _latency.Record(total.TotalSeconds, tag);
    }

    public void TextBegins(string model, TimeSpan queued, TimeSpan sinceAsked)
    {
        var tag = new KeyValuePair<string, object?>("model_name", model);
        _queue.Record(queued.TotalSeconds, tag);
        _firstToken.Record(sinceAsked.TotalSeconds, tag);
    }

    public void TextMade(string model, int promptTokens, int tokens, TimeSpan total)
    {
        var tag = new KeyValuePair<string, object?>("model_name", model);
        _promptTokens.Add(promptTokens, tag);
        _tokens.Add(tokens, tag);
        _latency.Record(total.TotalSeconds, tag);
    }

    /// <summary>Whether an instrument is of this very endpoint: several may share a process.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<int>> Each<T>(string tag, params IReadOnlyDictionary<T, int>[] counts) =>
        counts.SelectMany(some => some).Select(count => new Measurement<int>(count.Value, new KeyValuePair<string, object?>(tag, count.Key)));

    private static Measurement<int>[] Each(WorkLanes lanes, Func<WorkLane, int> value) =>
    [
        new(value(lanes.Images), new KeyValuePair<string, object?>("kind", "image")),
        new(value(lanes.Texts), new KeyValuePair<string, object?>("kind", "text")),
        new(value(lanes.Passed), new KeyValuePair<string, object?>("kind", "passed")),
        new(value(lanes.Features), new KeyValuePair<string, object?>("kind", "embedding")),
    ];
}
