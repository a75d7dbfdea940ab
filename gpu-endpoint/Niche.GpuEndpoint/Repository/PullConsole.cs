using System.Globalization;

namespace Niche.GpuEndpoint.Repository;

/// <summary>A pull for people: a line for every file, and on a terminal one that counts while it comes.</summary>
/// <param name="output">Where the lines go.</param>
/// <param name="terminal">Whether a line can be written over.</param>
/// <param name="time">Clock.</param>
public sealed class PullConsole(TextWriter output, bool terminal, TimeProvider time) : IProgress<PullProgress>
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Seldom = TimeSpan.FromSeconds(15);
    private int _file;
    private long _began;
    private long _told;
    private long _kept;
    private int _length;

    /// <inheritdoc/>
    public void Report(PullProgress value)
    {
        if (value.Number != _file) (_file, _began, _told, _kept) = (value.Number, time.GetTimestamp(), time.GetTimestamp(), value.Bytes);
        if (!value.Done && time.GetElapsedTime(_told) < (terminal ? Often : Seldom)) return;
        _told = time.GetTimestamp();
        var line = Line(value);
        if (terminal) output.Write($"\r{line.PadRight(_length)}");
        if (!terminal || value.Done) output.WriteLine(terminal ? "" : line);
        _length = value.Done ? 0 : line.Length;
    }

    private string Line(PullProgress value)
    {
        var amount = value.Done || value.Total is not { } total ? ByteCount.Text(value.Bytes)
            : string.Create(CultureInfo.InvariantCulture, $"{ByteCount.Text(value.Bytes)} of {ByteCount.Text(total)}, {100 * value.Bytes / Math.Max(1, total)} %");
        var (seconds, fetched) = (time.GetElapsedTime(_began).TotalSeconds, value.Bytes - _kept);
        var speed = fetched > 0 && seconds >= 1 ? $", {ByteCount.Text((long)(fetched / seconds))}/s" : "";
        var kept = _kept > 0 && !(value.Done && fetched == 0) ? $", goes on at {ByteCount.Text(_kept)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"[{value.Number}/{value.Of}] {value.File}  {amount}{speed}{kept}");
    }
}
