using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Repository;

/// <summary>
/// Brings a model into the folder of models: manifest first, then every file it names, all checked by hash beside their place and moved there in one
/// step, so that no endpoint ever sees half a model.
/// </summary>
/// <param name="download">For sources on the network.</param>
/// <param name="maxBytes">Most bytes of one file.</param>
public sealed class ModelPull(ResumingDownload download, long maxBytes)
{
    private const int ManifestLimit = 1 << 20;
    private const int MostFiles = 1000;

    /// <summary>Fetches and checks a model.</summary>
    /// <param name="source">A local folder, or the https address of one; <c>http</c> is taken from this machine only.</param>
    /// <param name="models">Folder of models.</param>
    /// <param name="progress">Told of every file, while it comes and when it is there.</param>
    /// <param name="cancellation">Stops; a later pull goes on from there.</param>
    /// <returns>The model in its place.</returns>
    /// <exception cref="PullException">The source can not be used.</exception>
    /// <exception cref="ModelFolderException">What came is not what the manifest says.</exception>
    public async Task<ModelFolder> PullAsync(string source, string models, IProgress<PullProgress>? progress, CancellationToken cancellation)
    {
        var root = Root(source);
        var name = Path.GetFileName(root.AbsolutePath.TrimEnd('/'));
        if (name.Length == 0 || name.StartsWith('.') || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw new PullException("source_invalid", "The source must end in the name of the model: letters, digits, '-', '_' and '.'.");

        // Not among the models, whose folders an endpoint opens, but on the same disk.
        var beside = Path.Combine(Path.GetFullPath(models).TrimEnd(Path.DirectorySeparatorChar) + ".pulling", name);
        Directory.CreateDirectory(beside);
        var manifestFile = Path.Combine(beside, "model.json");
        File.Delete(manifestFile + ".part");
        await FetchAsync(new Uri(root, "model.json"), manifestFile, ManifestLimit, null, cancellation);
        var place = Path.Combine(Path.GetFullPath(models), name);
        if (Same(manifestFile, place) is { } here)
        {
            Directory.Delete(beside, recursive: true);
            return Tidied(beside, here);
        }
        var files = Files(manifestFile);
        for (var i = 0; i < files.Length; i++)
        {
            var (file, number) = (files[i], i + 1);
            var target = Path.GetFullPath(Path.Combine(beside, file));
            if (!target.StartsWith(beside + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new ModelFolderException("path_outside", target, "a model may only name files inside its own folder");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var told = progress is null ? null : new Told(bytes => progress.Report(new PullProgress(file, number, files.Length, bytes.Bytes, bytes.Total, Done: false)));
            if (!File.Exists(target)) await FetchAsync(new Uri(root, Uri.EscapeDataString(file).Replace("%2F", "/", StringComparison.Ordinal)), target, maxBytes, told, cancellation);
            var length = new FileInfo(target).Length;
            progress?.Report(new PullProgress(file, number, files.Length, length, length, Done: true));
        }
        return Settle(beside, place);
    }

    // The same manifest and every file as it says: nothing is left to fetch.
    private static ModelFolder? Same(string manifestFile, string place)
    {
        var old = Path.Combine(place, "model.json");
        if (!File.Exists(old) || !File.ReadAllBytes(old).AsSpan().SequenceEqual(File.ReadAllBytes(manifestFile))) return null;
        try
        {
            return ModelFolder.Open(place);
        }
        catch (ModelFolderException)
        {
            // Damaged since: it is fetched anew.
            return null;
        }
    }

    private static Uri Root(string source)
    {
        if (Directory.Exists(source)) return new Uri(Path.GetFullPath(source).TrimEnd(Path.DirectorySeparatorChar) + "/");
        if (Uri.TryCreate(source.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))) return uri;
        throw new PullException("source_invalid", $"{source} is neither a folder nor an https address of one.");
    }

    private static string[] Files(string manifestFile)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(manifestFile));
            var files = manifest.RootElement.GetProperty("files").EnumerateObject().Select(file => file.Name).ToArray();
            if (files.Length <= MostFiles) return files;
            throw new ModelFolderException("manifest_invalid", manifestFile, $"names {files.Length} files; at most {MostFiles} are taken");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ModelFolderException("manifest_invalid", manifestFile, "is no manifest with files", e);
        }
    }

    private static ModelFolder Settle(string beside, string place)
    {
        try
        {
            ModelFolder.Open(beside);
        }
        catch (ModelFolderException e) when (e.Code is "file_changed")
        {
            // Kept, it would be taken for fetched by every later pull.
            File.Delete(e.File);
            throw;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var old = beside + ".old";
        // Left by a pull that was killed between the two moves.
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        if (Directory.Exists(place)) Directory.Move(place, old);
        Directory.Move(beside, place);
        if (Directory.Exists(old)) Directory.Delete(old, recursive: true);
        return Tidied(beside, ModelFolder.Open(place));
    }

    private static ModelFolder Tidied(string beside, ModelFolder folder)
    {
        var pulling = Path.GetDirectoryName(beside)!;
        if (!Directory.EnumerateFileSystemEntries(pulling).Any()) Directory.Delete(pulling);
        return folder;
    }

    private async Task FetchAsync(Uri source, string target, long limit, IProgress<DownloadProgress>? progress, CancellationToken cancellation)
    {
        if (!source.IsFile)
        {
            await download.FetchAsync(source, target, limit, progress, cancellation);
            return;
        }
        var info = new FileInfo(source.LocalPath);
        if (!info.Exists) throw new ModelFolderException("file_missing", info.FullName, "the source does not have it");
        if (info.Length > limit) throw new PullException("too_large", $"{info.FullName} has more than {limit} bytes.");
        File.Copy(info.FullName, target, overwrite: true);
    }

    // At once, and not on another thread as the framework's own does: lines come in order.
    private sealed class Told(Action<DownloadProgress> tell) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => tell(value);
    }
}
