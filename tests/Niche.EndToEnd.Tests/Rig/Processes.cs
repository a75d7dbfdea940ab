using System.Diagnostics;
using System.Globalization;

namespace Niche.EndToEnd.Tests.Rig;

/// <summary>Processes as /proc shows them.</summary>
public static class Processes
{
    public static IReadOnlyList<int> ChildrenOf(int parent)
    {
        List<int> children = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && StatOf(id) is [_, var of, ..]
                && of == parent.ToString(CultureInfo.InvariantCulture)) children.Add(id);
        }

        return children;
    }

    /// <summary>True while it runs; a zombie does not.</summary>
    public static bool IsAlive(int id) => StatOf(id) is [var state, ..] && state is not ("Z" or "X");

    public static Task GoneAsync(IReadOnlyList<int> ids) =>
        Until.TrueAsync(() => !ids.Any(IsAlive), () => "Still running: " + string.Join(", ", ids.Where(IsAlive)));

    public static void Kill(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (ArgumentException)
        {
            Debug.WriteLine($"{id} ended by itself.");
        }
    }

    // State and parent, the fields behind the name in brackets; null when there is no such process.
    private static string[]? StatOf(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }
}
