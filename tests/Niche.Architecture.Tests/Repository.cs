using System.Runtime.CompilerServices;

namespace Niche.Architecture.Tests;

/// <summary>Projects and sources of the repository, with paths from its root.</summary>
internal static class Repository
{
    private static readonly string[] Skipped = ["artifacts", "obj", "bin", "node_modules", ".git", ".data", "TestResults"];

    /// <summary>The folder with the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>Every project file.</summary>
    public static IReadOnlyList<string> Projects { get; } = Files("*.csproj");

    /// <summary>Every C# file.</summary>
    public static IReadOnlyList<string> Sources { get; } = Files("*.cs");

    /// <summary>C# files of the product.</summary>
    public static IEnumerable<string> ProductSources => Sources.Where(path => !IsTest(path));

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>True for everything under tests/.</summary>
    public static bool IsTest(string path) => path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>Name of a project.</summary>
    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    /// <summary>The project that a file lies in; null for those outside of any.</summary>
    public static string? ProjectOf(string path) => Projects
        .Where(project => path.StartsWith(Path.GetDirectoryName(project) + "/", StringComparison.Ordinal)).MaxBy(project => project.Length);

    private static List<string> Files(string pattern) => [.. Directory.EnumerateFiles(Root, pattern, SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(Skipped.Contains)).Order(StringComparer.Ordinal)];

    // Build outputs may lie outside of the repository: then the path that the compiler saw leads there.
    private static string Find([CallerFilePath] string source = "")
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "NicheFunctions.sln"))) folder = folder.Parent;
        return folder?.FullName ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));
    }
}
