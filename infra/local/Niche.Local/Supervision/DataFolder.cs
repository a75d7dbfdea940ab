namespace Niche.Local.Supervision;

/// <summary>Where the box keeps everything: the person's folder, or one that is gone afterwards. One box at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _temporary;

    private DataFolder(string path, FileStream held, bool temporary) => (Path, _lock, _temporary) = (path, held, temporary);

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>True when it is still there afterwards.</summary>
    public bool IsKept => !_temporary;

    /// <summary>Folder of the processes' logs.</summary>
    public string Logs => Directory.CreateDirectory(System.IO.Path.Combine(Path, "logs")).FullName;

    /// <summary>Takes the folder.</summary>
    public static DataFolder Open(string? path)
    {
        string full = path is null
            ? Directory.CreateTempSubdirectory("niche-").FullName
            : Directory.CreateDirectory(path).FullName;
        try
        {
            FileStream held = new(System.IO.Path.Combine(full, "box.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DataFolder(full, held, path is null);
        }
        catch (IOException)
        {
            throw new BoxException($"Another box is running on '{full}'. Stop it, or name another folder with --data.");
        }
    }

    /// <summary>Gives the folder back.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary) Directory.Delete(Path, recursive: true);
    }
}
