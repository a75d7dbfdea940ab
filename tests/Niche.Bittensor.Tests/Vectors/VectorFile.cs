using System.Text.Json;

namespace Niche.Bittensor.Tests.Vectors;

/// <summary>The recorded vectors: an extract inside this project, and the full set beside the checkout where it is present.</summary>
public static class VectorFile
{
    public static JsonElement Extract { get; } = ReadExtract();

    public static IEnumerable<JsonElement> Cases(params string[] path)
    {
        var element = Extract;
        foreach (var name in path) element = element.GetProperty(name);
        return element.EnumerateArray();
    }

    public static byte[] Hex(this JsonElement element, string name)
    {
        var text = element.GetProperty(name).GetString()!;
        return Convert.FromHexString(text.StartsWith("0x", StringComparison.Ordinal) ? text[2..] : text);
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static JsonElement Full() => JsonDocument.Parse(SharedBytes("bittensor.json")).RootElement;

    /// <summary>A file of ../shared/vectors, read in place; the test skips where that is absent.</summary>
    public static byte[] SharedBytes(string name)
    {
        var directory = Environment.GetEnvironmentVariable("NICHE_SHARED") ?? BesideCheckout();
        var file = directory is null ? null : Path.Combine(directory, "vectors", name);
        Assert.SkipUnless(File.Exists(file), $"The reference file ../shared/vectors/{name} is not on this machine.");
        return File.ReadAllBytes(file!);
    }

    private static string? BesideCheckout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "NicheFunctions.sln")))
                return Path.Combine(at.Parent!.FullName, "shared");
        return null;
    }

    private static JsonElement ReadExtract()
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream("bittensor-essentials.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
