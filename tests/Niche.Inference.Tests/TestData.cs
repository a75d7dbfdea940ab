using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Inference.Models;

namespace Niche.Inference.Tests;

/// <summary>The demo models of the repository and the recorded vectors beside the tests.</summary>
internal static class TestData
{
    public static string ModelsDirectory { get; } = Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "gpu-endpoint", "models");

    public static ModelFolder Open(string name) => ModelFolder.Open(Path.Combine(ModelsDirectory, name));

    public static JsonElement Json(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, file)));
        return document.RootElement.Clone();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
