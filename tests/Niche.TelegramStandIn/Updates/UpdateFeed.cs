using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Wire;

namespace Niche.TelegramStandIn.Updates;

/// <summary>The updates that the bot has not confirmed: for long polling with its offset, or for the webhook.</summary>
/// <param name="time">Clock of long polls.</param>
public sealed class UpdateFeed(TimeProvider time)
{
    private const int MaxLimit = 100;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, JsonObject> _waiting = [];
    private TaskCompletionSource _arrived = New();
    private CancellationTokenSource? _poll;
    private int _last = 900_000;

    /// <summary>Updates that wait for the bot.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate) return _waiting.Count;
        }
    }

    /// <summary>Adds an update of a kind; returns its id.</summary>
    public int Add(string kind, JsonObject content)
    {
        lock (_gate)
        {
            int id = ++_last;
            JsonObject update = new() { ["update_id"] = id };
            update[kind] = content.DeepClone();
            Put(id, update);
            return id;
        }
    }

    /// <summary>Puts an update back as if it had never been confirmed: the server repeats when it did not hear the bot.</summary>
    public void Repeat(JsonObject update)
    {
        lock (_gate) Put((int)update["update_id"]!, update);
    }

    /// <summary>Forgets everything that waits.</summary>
    public void Drop()
    {
        lock (_gate) _waiting.Clear();
    }

    /// <summary>A long poll: what comes after the offset confirms what comes before.</summary>
    public async Task<ApiAnswer> PollAsync(ApiCall call, CancellationToken ct)
    {
        CancellationTokenSource mine = CancellationTokenSource.CreateLinkedTokenSource(ct);
        lock (_gate)
        {
            _poll?.Cancel();
            _poll = mine;
            Confirm(call.Number("offset") ?? 0);
        }

        string[]? kinds = (call.Json("allowed_updates") as JsonArray)?.Select(kind => (string)kind!).ToArray() is { Length: > 0 } list ? list : null;
        Task end = Task.Delay(TimeSpan.FromSeconds(Math.Clamp(call.Number("timeout") ?? 0, 0, 50)), time, mine.Token);
        try
        {
            while (true)
            {
                Task arrived;
                lock (_gate)
                {
                    JsonNode[] found = [.. Matching(kinds).Take((int)Math.Clamp(call.Number("limit") ?? MaxLimit, 1, MaxLimit)).Select(update => update.DeepClone())];
                    if (found.Length > 0 || end.IsCompletedSuccessfully) return ApiAnswer.Ok(new JsonArray(found));
                    arrived = _arrived.Task;
                }

                await Task.WhenAny(arrived, end).WaitAsync(mine.Token).ConfigureAwait(false);
                if (end.IsCanceled) await end.ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ApiAnswer.Conflict("terminated by other getUpdates request; make sure that only one bot instance is running");
        }
        finally
        {
            lock (_gate)
            {
                if (_poll == mine) _poll = null;
            }

            mine.Dispose();
        }
    }

    /// <summary>Takes the next update that nobody is sending; waits for one.</summary>
    internal async Task<JsonObject> TakeAsync(CancellationToken ct)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    (int id, JsonObject update) = _waiting.First();
                    _waiting.Remove(id);
                    return update;
                }

                arrived = _arrived.Task;
            }

            await arrived.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private IEnumerable<JsonObject> Matching(string[]? kinds)
    {
        // The server confirms by itself what was not asked for.
        if (kinds is null) return _waiting.Values;
        foreach (int id in _waiting.Where(update => !kinds.Any(update.Value.ContainsKey)).Select(update => update.Key).ToArray()) _waiting.Remove(id);
        return _waiting.Values;
    }

    private void Confirm(long offset)
    {
        int[] done = offset < 0 ? [.. _waiting.Keys.SkipLast((int)-offset)] : [.. _waiting.Keys.TakeWhile(id => id < offset)];
        foreach (int id in done) _waiting.Remove(id);
    }

    private void Put(int id, JsonObject update)
    {
        _waiting[id] = update;
        _arrived.TrySetResult();
        _arrived = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
