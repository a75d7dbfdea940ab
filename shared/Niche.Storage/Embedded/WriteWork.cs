namespace Niche.Storage.Embedded;

/// <summary>A write that waits for its turn. It may run twice: again by itself when its batch failed.</summary>
internal abstract class WriteWork
{
    public abstract bool IsCanceled { get; }

    public abstract void Run(SqliteSession session);

    public abstract void Complete();

    public abstract void Cancel();

    public abstract void Fail(Exception e);
}

/// <summary>A write with a result, handed out only after the commit.</summary>
internal sealed class WriteWork<T>(Func<SqliteSession, T> body, CancellationToken ct) : WriteWork
{
    // Continuations must not run on the writer: they would hold up everybody's commits.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Done => _done.Task;

    public override bool IsCanceled => ct.IsCancellationRequested;

    public override void Run(SqliteSession session) => _result = body(session);

    public override void Complete() => _done.SetResult(_result);

    public override void Cancel() => _done.SetCanceled(ct);

    public override void Fail(Exception e) => _done.SetException(e);
}
