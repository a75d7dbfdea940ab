using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Validator.Tests.Rig;

/// <summary>Honest work that waits until the test lets it go.</summary>
public sealed class HeldWork(IMinerWork work) : IMinerWork
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _let = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first request.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Lets this and all later requests go on.</summary>
    public void LetGo() => _let.TrySetResult();

    public async Task<string> PaintAsync(ImageOrder order, CancellationToken ct)
    {
        _begun.TrySetResult();
        await _let.Task.WaitAsync(ct);
        return await work.PaintAsync(order, ct);
    }

    public Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct) => work.WriteAsync(order, ct);

    public IAsyncEnumerable<string> StreamAsync(TextOrder order, CancellationToken ct) => work.StreamAsync(order, ct);
}
