using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Niche.Storage.Embedded;

/// <summary>The SQLite file: one group-commit writer, any number of short readers.</summary>
internal sealed class EmbeddedDatabase : IAsyncDisposable
{
    // Application id and version tell a foreign or newer file apart from ours.
    private const int ApplicationId = 0x4E494348;
    private const int SchemaVersion = 1;

    private const string Schema = """
        CREATE TABLE messages (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          queue TEXT NOT NULL,
          body TEXT NOT NULL,
          inserted INTEGER NOT NULL,
          visible INTEGER NOT NULL,
          expires INTEGER,
          dequeues INTEGER NOT NULL DEFAULT 0,
          version INTEGER NOT NULL DEFAULT 1);
        CREATE INDEX messages_visible ON messages (queue, visible, seq);
        CREATE INDEX messages_expires ON messages (queue, expires) WHERE expires IS NOT NULL;
        CREATE TABLE entities (
          version INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT NOT NULL,
          partition TEXT NOT NULL,
          row TEXT NOT NULL,
          json TEXT NOT NULL,
          UNIQUE (name, partition, row));
        """;

    private readonly string _file;
    private readonly GroupCommitWriter _writer;
    private readonly ConcurrentBag<SqliteSession> _idleReaders = [];
    private volatile bool _disposed;

    private EmbeddedDatabase(string file, SqliteSession writeSession)
    {
        _file = file;
        _writer = new(writeSession, file);
    }

    public static EmbeddedDatabase Open(string file, Durability durability)
    {
        SqliteSession? session = null;
        try
        {
            session = new(file, $"""
                PRAGMA busy_timeout=10000;
                PRAGMA journal_mode=WAL;
                PRAGMA synchronous={(durability == Durability.Full ? "FULL" : "NORMAL")};
                PRAGMA journal_size_limit=67108864;
                """);
            CreateSchema(session, file);
            return new(file, session);
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            throw SqliteErrors.Map(e, file);
        }
        catch (StorageException)
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="body"/> in the next write transaction.</summary>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> body, CancellationToken ct) => _writer.RunAsync(body, ct);

    /// <summary>Runs <paramref name="body"/> on a read-only connection, on the caller's thread: such reads take microseconds.</summary>
    public T Read<T>(Func<SqliteSession, T> body)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(EmbeddedStorage));
        SqliteSession? session = null;
        try
        {
            if (!_idleReaders.TryTake(out session))
                session = new(_file, "PRAGMA busy_timeout=10000; PRAGMA query_only=1;");
            var result = body(session);
            if (!_disposed)
            {
                _idleReaders.Add(session);
                session = null;
            }

            return result;
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Map(e, _file);
        }
        finally
        {
            // Still ours only after a failure or a disposal.
            session?.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        while (_idleReaders.TryTake(out var session))
            session.Dispose();
        await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private static void CreateSchema(SqliteSession session, string file)
    {
        session.ExecuteOnce("BEGIN IMMEDIATE");
        var version = session.QueryInteger("PRAGMA user_version");
        var application = session.QueryInteger("PRAGMA application_id");
        if (version == 0 && application == 0 && session.QueryInteger("SELECT count(*) FROM sqlite_master") == 0)
            session.ExecuteOnce($"{Schema} PRAGMA user_version={SchemaVersion}; PRAGMA application_id={ApplicationId};");
        else if (version != SchemaVersion || application != ApplicationId)
            throw new StorageException(
                StorageErrorCode.Corrupt, $"'{file}' is not a database of this version of NicheFunctions; set Storage:Path to another folder.");
        session.ExecuteOnce("COMMIT");
    }
}
