using System.Globalization;
using System.Text.Json.Nodes;

namespace Niche.Studio.Tests.StandIn;

/// <summary>A job whose course the test decides, step by step. Waiting readers are woken by each step.</summary>
public sealed class StandInJob(string id, JsonObject request, string idempotencyKey)
{
    /// <summary>Hotkey of the miner that paints everything.</summary>
    public const string Hotkey = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";

    private readonly Lock _gate = new();
    private readonly DateTimeOffset _createdAt = TimeProvider.System.GetUtcNow();
    private readonly List<int> _painted = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _status = "queued";
    private int? _position = 1;
    private double? _eta = 6;
    private DateTimeOffset? _startedAt, _finishedAt;
    private JsonObject? _error;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The body that the page sent.</summary>
    public JsonObject Request => request;

    /// <summary>The key that the page sent with it.</summary>
    public string IdempotencyKey => idempotencyKey;

    /// <summary>Pictures asked for.</summary>
    public int Count => (int)request["count"]!;

    /// <summary>The job now stands at this place of the queue.</summary>
    public void Queue(int position, double etaSeconds) => Step(() => (_position, _eta) = (position, etaSeconds));

    /// <summary>A miner has begun.</summary>
    public void Start(double etaSeconds = 3) => Step(() => (_status, _position, _eta, _startedAt) = ("running", null, etaSeconds, Now()));

    /// <summary>One picture is ready.</summary>
    public void Paint(int index) => Step(() => _painted.Add(index));

    /// <summary>All pictures are ready.</summary>
    public void Finish() => Step(() =>
    {
        _painted.Clear();
        _painted.AddRange(Enumerable.Range(0, Count));
        (_status, _position, _eta, _finishedAt) = ("succeeded", null, null, Now());
    });

    /// <summary>It could not be done.</summary>
    public void Fail(string code, string title, string detail) => Step(() =>
    {
        (_status, _position, _eta, _finishedAt) = ("failed", null, null, Now());
        _error = new JsonObject { ["code"] = code, ["title"] = title, ["detail"] = detail };
    });

    /// <summary>Cancelled by the page; a job that is over stays as it is.</summary>
    public void Cancel() => Step(() =>
    {
        if (_status is "queued" or "running") (_status, _position, _eta, _finishedAt) = ("cancelled", null, null, Now());
    });

    /// <summary>Seed of one picture: seeds of a job follow one another.</summary>
    public long SeedOf(int index) => ((long?)request["seed"] ?? 1000) + index;

    /// <summary>Answers after the next step, or after <paramref name="limit"/>.</summary>
    public Task WaitAsync(TimeSpan limit, CancellationToken ct)
    {
        Task changed;
        lock (_gate) changed = _changed.Task;
        return Task.WhenAny(changed, Task.Delay(limit, ct));
    }

    /// <summary>The job as the API shows it.</summary>
    public JsonObject View()
    {
        lock (_gate)
        {
            JsonObject view = new()
            {
                ["id"] = id, ["kind"] = "image", ["model"] = request["model"]!.DeepClone(), ["prompt"] = request["prompt"]!.DeepClone(),
                ["status"] = _status, ["created_at"] = _createdAt, ["progress"] = new JsonObject { ["done"] = _painted.Count, ["total"] = Count },
                ["results"] = new JsonArray([.. _painted.Order().Select(ResultOf)]),
            };
            if (_position is { } position) view["position"] = position;
            if (_eta is { } eta) view["eta_seconds"] = eta;
            if (_startedAt is { } started) view["started_at"] = started;
            if (_finishedAt is { } finished) view["finished_at"] = finished;
            if (_error is not null) view["error"] = _error.DeepClone();
            return view;
        }
    }

    private JsonObject ResultOf(int index) => new()
    {
        ["index"] = index, ["url"] = string.Create(CultureInfo.InvariantCulture, $"/v1/images/{id}/{index}.png"), ["seed"] = SeedOf(index),
        ["width"] = request["width"]!.DeepClone(), ["height"] = request["height"]!.DeepClone(),
        ["receipt_id"] = string.Create(CultureInfo.InvariantCulture, $"{id}-{index}"),
        ["miner"] = new JsonObject { ["uid"] = 1, ["hotkey"] = Hotkey },
    };

    private static DateTimeOffset Now() => TimeProvider.System.GetUtcNow();

    private void Step(Action change)
    {
        TaskCompletionSource woken;
        lock (_gate)
        {
            change();
            woken = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        woken.SetResult();
    }
}
