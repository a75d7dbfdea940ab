using System.Text;

namespace Niche.Storage.Embedded;

/// <summary>
/// Blob names as file paths and back: a segment is a folder, the last one a file marked by a trailing '!'. Upper-case letters become '!' and
/// their lower-case form, so that names differ on file systems that ignore case. Names were checked by <see cref="StorageNames"/>: no segment can climb.
/// </summary>
internal static class BlobPaths
{
    private const char Mark = '!';

    public static string ToPath(string folder, string name) => Path.Combine(folder, Encode(name) + Mark);

    /// <summary>The deepest folder that can hold names of this prefix.</summary>
    public static string PrefixFolder(string folder, string prefix)
    {
        var slash = prefix.LastIndexOf('/');
        return slash < 0 ? folder : Path.Combine(folder, Encode(prefix[..slash]));
    }

    /// <summary>The name of a file under <paramref name="folder"/>, or null when the file is none of ours.</summary>
    public static string? ToName(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
        if (!relative.EndsWith(Mark))
            return null;
        var name = new StringBuilder(relative.Length);
        for (var i = 0; i < relative.Length - 1; i++)
            name.Append(relative[i] == Mark ? char.ToUpperInvariant(relative[++i]) : relative[i]);
        return name.ToString();
    }

    private static string Encode(string name)
    {
        var path = new StringBuilder(name.Length + 8);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c))
                path.Append(Mark).Append(char.ToLowerInvariant(c));
            else
                path.Append(c == '/' ? Path.DirectorySeparatorChar : c);
        }

        return path.ToString();
    }
}
