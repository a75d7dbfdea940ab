using System.Text;
using System.Text.Json.Nodes;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests;

/// <summary>A folder of models that hold the demo language model's files, each with a chat template of its own.</summary>
internal sealed class TextModels : IDisposable
{
    private static readonly string Demo = Path.Combine(AppContext.BaseDirectory, "models", "niche-prompt-lm");

    public string Root { get; } = Directory.CreateTempSubdirectory("niche-texts-").FullName;

    /// <summary>The demo model under another name.</summary>
    public TextModels Add(string name, string? template = null)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(Demo, "model.json")))!;
        var folder = new TinyFolder(Path.Combine(Root, name));
        foreach (var (file, _) in manifest["files"]!.AsObject()) folder.Add(file, File.ReadAllBytes(Path.Combine(Demo, file)));
        if (template is not null) folder.Add("chat_template.jinja", Encoding.UTF8.GetBytes(template));
        folder.Finish(name, "text", ""","tokens":{"min":1,"max":63,"default":12},"context":64""");
        return this;
    }

    /// <summary>A manifest without files.</summary>
    public TextModels AddManifest(string name, string more)
    {
        new TinyFolder(Directory.CreateDirectory(Path.Combine(Root, name)).FullName).Finish(name, "text", more);
        return this;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
