using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Niche.TinyModels;

/// <summary>A model folder in the making: files go in, the manifest with their hashes comes last.</summary>
public sealed class TinyFolder(string path)
{
    private readonly SortedDictionary<string, string> _hashes = new(StringComparer.Ordinal);

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
}
