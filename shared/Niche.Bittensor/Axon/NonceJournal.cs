using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Niche.Bittensor.Axon;

/// <summary>
/// The nonce memory's file: one line per accepted request (hotkey, uuid, nonce), written before its handler runs, and rewritten with what
/// still counts when it has grown. What was appended survives the end of the process at any point; it is not forced to the disk, so a
/// machine that loses power may forget the last seconds. Not safe for concurrent use.
/// </summary>
internal sealed class NonceJournal : IDisposable
{
    private const int MaxLine = 160;

    private readonly string _path;
    private readonly int _maxBytes;
    private readonly Action<IOException> _report;
    private readonly byte[] _line = new byte[MaxLine];
    private SafeFileHandle? _file;
    private long _end;
    private long _limit;
    private bool _broken;

    /// <summary>Opens or creates the file and keeps others away from it.</summary>
    /// <param name="path">Where; its folder must exist.</param>
    /// <param name="maxBytes">Above this <see cref="IsLong"/> asks for a rewrite.</param>
    /// <param name="report">Told once when the file can no longer be written, until it can; serving goes on without it.</param>
    /// <exception cref="IOException">Not to be opened, or in use by another axon.</exception>
    public NonceJournal(string path, int maxBytes, Action<IOException> report)
    {
        (_path, _maxBytes, _report) = (Path.GetFullPath(path), maxBytes, report);
        _file = Open(_path, FileMode.OpenOrCreate);
        _end = RandomAccess.GetLength(_file);
        _limit = maxBytes;
    }

    public bool IsLong => _end > _limit;

    /// <summary>What an earlier process wrote. A line that can not be read, such as the torn last one of a process that was killed, is passed over.</summary>
    public IReadOnlyList<NonceEntry> Read()
    {
        // The file is rewritten at maxBytes, so the rest of a longer one is not ours.
        var bytes = new byte[(int)Math.Min(_end, _maxBytes + (long)MaxLine)];
        var length = 0;
        for (int read; _file is not null && (read = RandomAccess.Read(_file, bytes.AsSpan(length), length)) > 0;) length += read;
        var text = Encoding.ASCII.GetString(bytes, 0, length);
        var whole = text[..(text.LastIndexOf('\n') + 1)];
        return [.. whole.Split('\n').Select(Parse).OfType<NonceEntry>()];
    }

    /// <summary>Adds one line.</summary>
    public void Append(NonceEntry entry)
    {
        if (_file is null) return;
        try
        {
            var length = Format(entry, _line);
            RandomAccess.Write(_file, _line.AsSpan(0, length), _end);
            _end += length;
        }
        catch (IOException fault)
        {
            Report(fault);
        }
    }

    /// <summary>Replaces the file by these entries: written beside it, then renamed, so that there is a whole one at any time.</summary>
    public void Rewrite(IEnumerable<NonceEntry> entries)
    {
        var fresh = _path + ".new";
        try
        {
            using (var target = new FileStream(Open(fresh, FileMode.Create), FileAccess.Write))
                foreach (var entry in entries)
                    target.Write(_line.AsSpan(0, Format(entry, _line)));
            _file?.Dispose();
            _file = null;
            File.Move(fresh, _path, overwrite: true);
            _file = Open(_path, FileMode.Open);
            _end = RandomAccess.GetLength(_file);
            (_limit, _broken) = (_maxBytes, false);
        }
        catch (IOException fault)
        {
            _limit = _end + _maxBytes; // Not at every request again.
            Report(fault);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static SafeFileHandle Open(string path, FileMode mode)
    {
        try
        {
            return File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new IOException($"The nonce file {path} can not be opened.", fault);
        }
    }

    private static int Format(NonceEntry entry, byte[] line) =>
        Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{entry.Hotkey} {entry.Uuid} {entry.Nonce}\n"), line);

    private static NonceEntry? Parse(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 3 && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var nonce)
            ? new NonceEntry(parts[0], parts[1], nonce)
            : null;
    }

    private void Report(IOException fault)
    {
        if (!_broken) _report(fault);
        _broken = true;
    }
}
