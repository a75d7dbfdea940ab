using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.GpuEndpoint.Models;
using Niche.Inference.Models;
using Niche.Inference.Providers;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests.Models;

/// <summary>
/// Folders that somebody damaged or made up, with hashes that fit: every one loads and paints, or is refused by an error that names a file of the folder,
/// and nothing else happens.
/// </summary>
public sealed class DamagedModelTests : IDisposable
{
    private const int Tries = 5;
    private static readonly string[] Kinds = ["sd", "sd3", "flux", "lm", "clip"];
    private static readonly string[] Replacements = ["null", "-1", "1e308", "\"x\"", "\"\\ud800\"", "{\"\\udc00ame\":1}", "[]", "{}", "true", "[[[[1]]]]", "999999999999", new string('[', 90) + new string(']', 90)];
    private readonly string _root = Directory.CreateTempSubdirectory("niche-damaged-").FullName;

    public static TheoryData<string> Folders() => [.. Kinds];

    // Many loads of real graphs: some ten seconds in all, for what decides whether a folder from elsewhere can harm.
    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Whatever_stands_in_a_configuration(string kind)
    {
        var folder = Write(kind);
        var random = new Random(3);
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order().ToArray())
        {
            var original = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            var paths = Paths(JsonNode.Parse(original)!, []).ToArray();
            random.Shuffle(paths);
            foreach (var path in paths.Take(Tries))
            {
                await File.WriteAllTextAsync(file, Replaced(original, path, Replacements[random.Next(Replacements.Length)]), TestContext.Current.CancellationToken);
                await TryAsync(folder, file, string.Join('/', path));
            }
            await File.WriteAllTextAsync(file, original, TestContext.Current.CancellationToken);
        }
        await TryAsync(folder, Path.Combine(folder, "model.json"), "nothing");
    }

    [Fact]
    public async Task Whatever_a_manifest_says()
    {
        var file = Path.Combine(Write("sd"), "model.json");
        var original = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        foreach (var path in Paths(JsonNode.Parse(original)!, []))
        {
            foreach (var replacement in Replacements)
            {
                await File.WriteAllTextAsync(file, Replaced(original, path, replacement), TestContext.Current.CancellationToken);
                if (Record.Exception(() => ModelFolder.Open(Path.GetDirectoryName(file)!)) is { } error)
                    Assert.True(error is ModelFolderException, $"{string.Join('/', path)} = {replacement}: {error}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public async Task Whatever_bits_are_flipped_or_missing(string kind)
    {
        var folder = Write(kind);
        var random = new Random(5);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order().ToArray())
        {
            var original = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            for (var i = 0; i < Tries; i++)
            {
                var damaged = i < 2 ? original[..random.Next(original.Length)] : (byte[])original.Clone();
                for (var flip = 0; i >= 2 && flip < 1 + (i % 3 * 4); flip++) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                await File.WriteAllBytesAsync(file, damaged, TestContext.Current.CancellationToken);
                await TryAsync(folder, file, $"try {i}");
            }
            await File.WriteAllBytesAsync(file, original, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Write(string kind)
    {
        var path = Path.Combine(_root, kind);
        switch (kind)
        {
            case "sd": return TinyDiffusion.StableDiffusion(path);
            case "sd3": return TinyDiffusion.StableDiffusion3(path);
            case "flux": return TinyDiffusion.Flux(path);
        }
        var source = Path.Combine(new EndpointOptions().ModelsDirectory, kind == "lm" ? "niche-prompt-lm" : "niche-clip");
        if (kind == "clip") TinyDiffusion.StableDiffusion(Path.Combine(_root, "sd"));
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(path, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        return path;
    }

    private async Task TryAsync(string folder, string file, string what)
    {
        if (!file.EndsWith("model.json", StringComparison.Ordinal)) Rehash(folder, file);
        try
        {
            using var store = new ModelStore(new EndpointOptions { ModelsDirectory = _root, Threads = 1, Provider = new ProviderSettings() }, TimeProvider.System);
            await store.LoadAsync(CancellationToken.None);
        }
        catch (ModelFolderException e)
        {
            Assert.StartsWith(_root, e.File, StringComparison.Ordinal);
        }
        catch (Exception e)
        {
            Assert.Fail($"{Path.GetRelativePath(_root, file)}, {what}: {e}");
        }
    }

    private static void Rehash(string folder, string file) => TinyFolder.Reopen(folder).Add(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes(file)).Save();

    private static IEnumerable<string[]> Paths(JsonNode? node, string[] above) => node switch
    {
        JsonObject all => all.SelectMany(pair => Paths(pair.Value, [.. above, pair.Key]).Prepend([.. above, pair.Key])),
        JsonArray all => all.Take(3).SelectMany((one, i) => Paths(one, [.. above, $"{i}"]).Prepend([.. above, $"{i}"])),
        _ => [],
    };

    private static string Replaced(string json, string[] path, string value)
    {
        // A mark that is replaced in the text: what comes in need not be JSON that the writer would write.
        const string Mark = "\"\\u0001mark\"";
        var root = JsonNode.Parse(json)!;
        var parent = path[..^1].Aggregate(root, (at, name) => at is JsonArray list ? list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]! : at[name]!);
        if (parent is JsonArray array) array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = "\u0001mark";
        else parent[path[^1]] = "\u0001mark";
        return root.ToJsonString(new JsonSerializerOptions()).Replace(Mark, value, StringComparison.Ordinal);
    }
}
