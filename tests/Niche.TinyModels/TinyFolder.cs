using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.TinyModels;

/// <summary>A model folder in the making: files go in, the manifest with their hashes comes last.</summary>
public sealed class TinyFolder(string path)
{
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>A finished folder, to change it.</summary>
    public static TinyFolder Reopen(string path)
    {
        var folder = new TinyFolder(path);
        foreach (var (file, hash) in Manifest(path)["files"]!.AsObject()) folder._hashes[file] = (string)hash!;
        return folder;
    }

    /// <summary>Takes a file out.</summary>
    public TinyFolder Remove(string file)
    {
        File.Delete(Path.Combine(path, file));
        _hashes.Remove(file);
        return this;
    }

    /// <summary>Writes <c>model.json</c> again, as it was but for the files and some properties.</summary>
    public string Save(params IReadOnlyList<(string Name, JsonNode Value)> properties)
    {
        var manifest = Manifest(path);
        foreach (var (name, value) in properties) manifest[name] = value;
        manifest["files"] = JsonSerializer.SerializeToNode(_hashes);
        File.WriteAllText(Path.Combine(path, "model.json"), manifest.ToJsonString());
        return path;
    }

    public TinyFolder Add(string file, string text) => Add(file, Encoding.UTF8.GetBytes(text));

    public TinyFolder Add(string file, byte[] bytes)
    {
        var full = Path.Combine(path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        _hashes[file] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return this;
    }

    /// <summary>Writes <c>model.json</c>.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="kind">image or text.</param>
    /// <param name="more">Further properties as JSON, each with a comma before it.</param>
    public string Finish(string name, string kind, string more)
    {
        File.WriteAllText(Path.Combine(path, "model.json"),
            $$"""{"name":"{{name}}","kind":"{{kind}}","version":"1.0.0","license":"MIT"{{more}},"files":{{JsonSerializer.Serialize(_hashes)}}}""");
        return path;
    }

    private static JsonObject Manifest(string path) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(path, "model.json")))!.AsObject();
}
