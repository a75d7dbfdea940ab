using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal.Client;

/// <summary>Keeps the session of a person between two chats, readable by them alone.</summary>
public static class SessionFile
{
    /// <summary>Reads the session, or makes one.</summary>
    public static string Open(string file, DateTimeOffset now)
    {
        if (File.Exists(file) && File.ReadAllText(file).Trim() is var kept && TimeOrderedId.IsValid(kept)) return kept;
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        string session = TimeOrderedId.Create(now);
        FileStreamOptions options = new() { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter writer = new(file, options);
        writer.Write(session);
        return session;
    }
}
