using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Functions.Tests.Rig;

/// <summary>The honest miner's real work, which a test may hold back and watch.</summary>
public sealed class HeldWork(IMinerWork inner) : IMinerWork
{
    private volatile TaskCompletionSource _open = Opened();
    private volatile SemaphoreSlim _passes = new(0);
    private TaskCompletionSource _begun = New();
    private TaskCompletionSource _cancelled = New();

    /// <summary>Completes when work is asked for after <see cref="Hold"/>.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Completes when work that was asked for after <see cref="Hold"/> is called off.</summary>
    public Task Cancelled => _cancelled.Task;

    /// <summary>Texts break off after their first piece.</summary>
    public bool BreakTexts { get; set; }

    /// <summary>From now on nothing goes on until <see cref="Release"/>.</summary>
    public void Hold()
    {
        _begun = New();
        _cancelled = New();
        _passes = new SemaphoreSlim(0);
        _open = New();
    }

    /// <summary>Lets some of what waits go on.</summary>
    public void Release(int count) => _passes.Release(count);

    public void Release() => _open.TrySetResult();

    public async Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        await WaitAsync(ct);
        return await inner.PaintAsync(order, ct);
    }

    public async Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct)
    {
        await WaitAsync(ct);
        return await inner.WriteAsync(order, ct);
    }

    public async IAsyncEnumerable<string> StreamAsync(TextOrder order, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (string piece in inner.StreamAsync(order, ct))
        {
            yield return piece;
            await WaitAsync(ct);
            if (BreakTexts) throw new MinerWorkException(WorkOutcome.EndpointFailed, "The endpoint broke off.");
        }
    }

    private async Task WaitAsync(CancellationToken ct)
    {
        _begun.TrySetResult();
        try
        {
            if (!_open.Task.IsCompleted) await await Task.WhenAny(_open.Task, _passes.WaitAsync(ct));
            ct.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        TaskCompletionSource open = New();
        open.SetResult();
        return open;
    }
}
