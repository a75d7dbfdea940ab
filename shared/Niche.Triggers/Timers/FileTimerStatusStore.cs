using System.Text.Json;

namespace Niche.Triggers.Timers;

/// <summary>One small JSON file for each function, replaced as a whole so that a crash leaves the old or the new one.</summary>
/// <param name="directory">Where; created when absent.</param>
public sealed class FileTimerStatusStore(string directory) : ITimerStatusStore
{
    private const int MaxBytes = 4096;

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The file is not a status; delete it.</exception>
    public async ValueTask<ScheduleStatus?> ReadAsync(string function, CancellationToken cancellationToken)
    {
        var path = PathOf(function);
        if (!File.Exists(path))
            return null;
        if (new FileInfo(path).Length > MaxBytes)
            throw new InvalidDataException($"{path} is no timer status: longer than {MaxBytes} bytes. Delete it.");
        try
        {
            return JsonSerializer.Deserialize<ScheduleStatus>(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path} is no timer status: {e.Message} Delete it.", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string function, ScheduleStatus status, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = PathOf(function);
        await File.WriteAllBytesAsync(path + ".new", JsonSerializer.SerializeToUtf8Bytes(status), cancellationToken).ConfigureAwait(false);
        File.Move(path + ".new", path, overwrite: true);
    }

    // Function names hold nothing but letters, digits, '_' and '-', so they are safe as file names.
    private string PathOf(string function) => Path.Combine(directory, function.ToUpperInvariant() + ".json");
}
