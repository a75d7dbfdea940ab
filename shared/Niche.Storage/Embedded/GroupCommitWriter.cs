using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Niche.Storage.Embedded;

/// <summary>
/// The only writer of this process: takes whatever writes are waiting, runs them in one transaction and answers all of them after its commit.
/// Under load the cost of a commit is shared; alone, a write waits for nobody.
/// </summary>
internal sealed class GroupCommitWriter : IAsyncDisposable
{
    private const int MaxBatch = 256;
    private const int MaxWaiting = 4096;

    private readonly Channel<WriteWork> _waiting =
        Channel.CreateBounded<WriteWork>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly SqliteSession _session;
    private readonly string _file;
    private readonly Task _loop;

    public GroupCommitWriter(SqliteSession session, string file)
    {
        _session = session;
        _file = file;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Runs <paramref name="body"/> in a transaction. Cancellation counts until it starts; after that the result is awaited.</summary>
    public async Task<T> RunAsync<T>(Func<SqliteSession, T> body, CancellationToken ct)
    {
        var work = new WriteWork<T>(body, ct);
        try
        {
            await _waiting.Writer.WriteAsync(work, ct).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(EmbeddedStorage));
        }

        return await work.Done.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        _session.Dispose();
    }

    private async Task LoopAsync()
    {
        var batch = new List<WriteWork>(MaxBatch);
        while (await _waiting.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < MaxBatch && _waiting.Reader.TryRead(out var work))
            {
                if (work.IsCanceled)
                    work.Cancel();
                else
                    batch.Add(work);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<WriteWork> batch)
    {
        if (batch.Count == 0)
            return;
        if (TryCommit(batch, out var error))
        {
            foreach (var work in batch)
                work.Complete();
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(error is SqliteException e ? SqliteErrors.Map(e, _file) : error!);
        }
        else
        {
            // One bad write must not fail its neighbours: each gets a transaction of its own.
            foreach (var work in batch)
                Commit([work]);
        }
    }

    private bool TryCommit(List<WriteWork> batch, out Exception? error)
    {
        error = null;
        try
        {
            _session.Execute("BEGIN IMMEDIATE");
            foreach (var work in batch)
                work.Run(_session);
            _session.Execute("COMMIT");
            return true;
        }
        catch (Exception e)
        {
            error = e;
            RollBack();
            return false;
        }
    }

    private void RollBack()
    {
        try
        {
            _session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on a full disk or I/O error; then there is nothing left to undo.
        }
    }
}
