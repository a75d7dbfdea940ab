namespace Niche.Functions.Tests.Rig;

/// <summary>Files of the repository and of the reference data beside it.</summary>
internal static class Repository
{
    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>A reference file; skips the test when this machine has none.</summary>
    public static string Reference(string path)
    {
        string folder = Environment.GetEnvironmentVariable("NICHE_SHARED") ?? Path.Combine(Root, "..", "shared");
        string file = Path.Combine(folder, path);
        if (!File.Exists(file)) Assert.Skip($"The reference file {path} is not on this machine; NICHE_SHARED names its folder.");
        return file;
    }

    private static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NicheFunctions.sln"))) folder = folder.Parent;
        return folder?.FullName ?? RootOfSources();
    }

    // Build outputs may lie outside of the repository.
    private static string RootOfSources([System.Runtime.CompilerServices.CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", ".."));
}
