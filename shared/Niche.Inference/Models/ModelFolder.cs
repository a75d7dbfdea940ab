using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Niche.Inference.Models;

/// <summary>A folder in the diffusers/optimum ONNX layout whose files have been checked against its <c>model.json</c>.</summary>
public sealed class ModelFolder
{
    private const int ManifestLimit = 1 << 20;
    private const int HashChunk = 1 << 20;

    private ModelFolder(string root, ModelManifest manifest, string digest) => (Root, Manifest, Digest) = (root, manifest, digest);

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>What the folder says of itself.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>
    /// SHA-256 (lower-case hex) over the sorted lines <c>path NUL hash LF</c> of all files: two folders agree exactly when their weights
    /// do.
    /// </summary>
    public string Digest { get; }

    /// <summary>Reads the manifest and hashes every file it names.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="progress">Told of the bytes hashed so far; what it throws stops the hashing.</param>
    /// <exception cref="ModelFolderException">The manifest or a file is missing, damaged, or outside the folder.</exception>
    public static ModelFolder Open(string path, Action<long>? progress = null)
    {
        var hashed = 0L;
        void Count(int bytes) => progress?.Invoke(hashed += bytes);

        var root = Path.GetFullPath(path);
        var manifest = ReadManifest(Path.Combine(root, "model.json"));
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (file, expected) in manifest.Files.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var actual = HashOf(Resolve(root, file), Count);
            if (!string.Equals(actual, expected, StringComparison.Ordinal))
            {
                throw new ModelFolderException("file_changed", Resolve(root, file),
                    $"its SHA-256 is {actual}, model.json says {expected}; fetch the model again");
            }
            digest.AppendData(Encoding.UTF8.GetBytes($"{file}\0{actual}\n"));
        }
        return new ModelFolder(root, manifest, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    /// <summary>Reads what a folder says of itself and looks whether the files that it names are there, without hashing them.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The manifest and the bytes of all files.</returns>
    /// <exception cref="ModelFolderException">The manifest or a file is missing, damaged, or outside the folder.</exception>
    public static (ModelManifest Manifest, long Bytes) Peek(string path)
    {
        var root = Path.GetFullPath(path);
        var manifest = ReadManifest(Path.Combine(root, "model.json"));
        return (manifest, manifest.Files.Keys.Sum(file => Existing(Resolve(root, file)).Length));
    }

    /// <summary>Absolute path of a file that the manifest names.</summary>
    /// <param name="file">Relative path with forward slashes.</param>
    /// <exception cref="ModelFolderException">The manifest does not name the file, so nobody vouched for it.</exception>
    public string PathOf(string file)
    {
        var full = Resolve(Root, file);
        return Manifest.Files.ContainsKey(file)
            ? full
            : throw new ModelFolderException("file_missing", full, "model.json does not list this file, which this kind of model needs");
    }

    /// <summary>Whether the manifest names a file.</summary>
    /// <param name="file">Relative path with forward slashes.</param>
    public bool Has(string file) => Manifest.Files.ContainsKey(file);

    /// <summary>A folder in the folder as a folder of its own: its files are vouched for by the same manifest, its LoRAs are none.</summary>
    /// <param name="name">Name of the inner folder.</param>
    public ModelFolder Within(string name)
    {
        var head = $"{name}/";
        var files = Manifest.Files.Where(file => file.Key.StartsWith(head, StringComparison.Ordinal)).ToDictionary(file => file.Key[head.Length..], file => file.Value);
        return new ModelFolder(Path.Combine(Root, name), Manifest with { Files = files, Loras = null }, Digest);
    }

    /// <summary>Reads a JSON file of the folder.</summary>
    /// <param name="file">Relative path with forward slashes.</param>
    /// <exception cref="ModelFolderException">Missing or not JSON.</exception>
    public JsonElement ReadJson(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(ReadText(PathOf(file)));
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new ModelFolderException("config_invalid", PathOf(file), $"not readable as JSON: {e.Message}", e);
        }
    }

    private static ModelManifest ReadManifest(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists) throw new ModelFolderException("manifest_missing", path, "a model folder needs a model.json");
        if (info.Length > ManifestLimit) throw new ModelFolderException("manifest_invalid", path, $"larger than {ManifestLimit} bytes");
        try
        {
            var manifest = JsonSerializer.Deserialize(ReadText(path), ManifestJson.Default.ModelManifest)
                ?? throw new ModelFolderException("manifest_invalid", path, "the manifest is null");

            // What is absent reads as null, whatever the type says.
            manifest = manifest with
            {
                Description = manifest.Description ?? "",
                Pipelines = manifest.Pipelines ?? [],
                Sizes = manifest.Sizes ?? [],
                Suggestions = manifest.Suggestions ?? [],
            };
            return ManifestCheck.Fault(manifest) is { } fault ? throw new ModelFolderException("manifest_invalid", path, fault) : manifest;
        }
        catch (JsonException e)
        {
            throw new ModelFolderException("manifest_invalid", path, e.Message, e);
        }
    }

    // The reader of JSON takes any bytes inside strings, and only complains when one is asked for.
    private static byte[] ReadText(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (!Utf8.IsValid(bytes)) throw new JsonException("it is not UTF-8");
        JsonEscapes.Check(bytes, namesOnly: false);
        return bytes;
    }

    private static string Resolve(string root, string file)
    {
        var full = Path.GetFullPath(Path.Combine(root, file));
        if (full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !HasLinkOutside(root, full)) return full;
        throw new ModelFolderException("path_outside", full, "a model may only name files inside its own folder");
    }

    private static bool HasLinkOutside(string root, string full)
    {
        for (var at = full; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (!Path.Exists(at)) continue;
            var target = new FileInfo(at).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            if (target is not null && !target.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal)) return true;
        }
        return false;
    }

    private static FileInfo Existing(string path) => new FileInfo(path) is { Exists: true } file
        ? file
        : throw new ModelFolderException("file_missing", path, "model.json names it but it is not there; fetch the model again");

    private static string HashOf(string path, Action<int> count)
    {
        using var stream = new FileStream(Existing(path).FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[(int)Math.Min(HashChunk, stream.Length + 1)];
        for (int read; (read = stream.Read(buffer)) > 0; count(read)) hash.AppendData(buffer, 0, read);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
