using Microsoft.Data.Sqlite;

namespace Niche.Storage.Embedded;

/// <summary>SQLite's result codes in the words of <see cref="StorageException"/>.</summary>
internal static class SqliteErrors
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    public static StorageException Map(SqliteException e, string file) => e.SqliteErrorCode is Corrupt or NotADatabase
        ? new(
            StorageErrorCode.Corrupt,
            $"'{file}' is damaged or no database; stop all processes, move it away with its -wal and -shm files, restore a copy.",
            e)
        : new(
            StorageErrorCode.Unavailable,
            $"The database '{file}' does not answer ({e.Message}); check free disk space, permissions and other processes.",
            e);
}
