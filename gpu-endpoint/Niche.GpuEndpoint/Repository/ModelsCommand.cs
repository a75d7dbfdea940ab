using System.CommandLine;
using System.Globalization;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Repository;

/// <summary><c>models</c>: the folder of models, and the models of a running endpoint, from the command line.</summary>
internal static class ModelsCommand
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    public static Command Build(Option<string> models)
    {
        var list = new Command("list", "Prints the models, their kinds, versions and digests, after checking every file.");
        list.SetAction(parsed => Each(parsed.GetRequiredValue(models), folder => Row(
            folder.Manifest.Name, folder.Manifest.Kind.ToString().ToLowerInvariant(), folder.Manifest.Version, ByteCount.Text(Size(folder)), folder.Digest[..16]),
            Row("NAME", "KIND", "VERSION", "SIZE", "DIGEST")));
        var verify = new Command("verify", "Hashes every file of every model; says which are wrong and exits with 1 if any is.");
        verify.SetAction(parsed => Each(parsed.GetRequiredValue(models), folder => $"{folder.Manifest.Name}: {folder.Manifest.Files.Count} files ({ByteCount.Text(Size(folder))}) as they should be"));
        var source = new Argument<string>("source") { Description = "A local folder, or the https address of one, such as https://huggingface.co/OWNER/MODEL/resolve/main/NAME." };
        var most = BoundedOption.Create("--max-gib", "Most GiB of one file.", 1, 1024, 32);
        var pull = new Command("pull", "Fetches a model, goes on where a transfer broke off, checks its hashes and moves it into place.") { source, most };
        pull.SetAction((parsed, cancellation) => PullAsync(
            parsed.GetRequiredValue(source), parsed.GetRequiredValue(models), (long)parsed.GetRequiredValue(most) << 30, cancellation));
        return new Command("models", "Lists, checks and fetches models; adds them to a running endpoint and removes them.") { list, verify, pull, RemoteModels.Add(), RemoteModels.Remove() };
    }

    private static string Row(string name, string kind, string version, string size, string digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{name,-24} {kind,-10} {version,-8} {size,9}  {digest}");

    private static long Size(ModelFolder folder) => folder.Manifest.Files.Keys.Sum(file => new FileInfo(folder.PathOf(file)).Length);

    private static int Each(string models, Func<ModelFolder, string> line, string? heading = null)
    {
        if (!Directory.Exists(models))
        {
            Console.Error.WriteLine($"models_missing: {models} does not exist; set --models");
            return 1;
        }
        var code = 0;
        string[] folders = [.. Directory.EnumerateDirectories(models).Order(StringComparer.Ordinal)];
        if (folders.Length == 0) Console.Error.WriteLine($"{models} holds no models; models pull SOURCE fetches one");
        else if (heading is not null) Console.WriteLine(heading);
        foreach (var path in folders)
        {
            try
            {
                Console.WriteLine(line(ModelFolder.Open(path)));
            }
            catch (ModelFolderException e)
            {
                Console.Error.WriteLine($"{e.Code}: {e.Message}");
                code = 1;
            }
        }
        return code;
    }

    private static async Task<int> PullAsync(string source, string models, long most, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var download = new ResumingDownload(http, TimeProvider.System, pause: FirstPause);
        try
        {
            var folder = await new ModelPull(download, most).PullAsync(source, models, new PullConsole(Console.Error, !Console.IsErrorRedirected, TimeProvider.System), cancellation);
            Console.WriteLine($"{folder.Manifest.Name} {folder.Manifest.Version} is in {folder.Root}, digest {folder.Digest}");
            return 0;
        }
        catch (PullException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
        }
        catch (ModelFolderException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
        }
        return 1;
    }
}
