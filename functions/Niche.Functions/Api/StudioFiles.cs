using System.Collections.Frozen;
using Microsoft.AspNetCore.StaticFiles;

namespace Niche.Functions.Api;

/// <summary>The files of <c>wwwroot</c> beside the program.</summary>
public sealed class StudioFiles
{
    /// <summary>Everything comes from here, and pictures may be built in the page.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    private readonly FrozenDictionary<string, StudioFile> _files;

    /// <summary>Reads the folder.</summary>
    /// <param name="folder">Its path; one that does not exist gives no files.</param>
    public StudioFiles(string folder)
    {
        FileExtensionContentTypeProvider types = new();
        Dictionary<string, StudioFile> files = new(StringComparer.Ordinal);
        foreach (string path in Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories) : [])
        {
            byte[] content = File.ReadAllBytes(path);
            string name = Path.GetRelativePath(folder, path).Replace('\\', '/');
            string type = types.TryGetContentType(name, out string? known) ? known : "application/octet-stream";
            if (type.StartsWith("text/", StringComparison.Ordinal) || type == "application/json") type += "; charset=utf-8";
            files[name] = new StudioFile(content, type, EntityTags.Of(content));
        }

        _files = files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>A file by its path from the root; the root itself is index.html. Only what was read at the start can be found.</summary>
    public StudioFile? Find(string? path) => _files.GetValueOrDefault(string.IsNullOrEmpty(path) ? "index.html" : path);
}
