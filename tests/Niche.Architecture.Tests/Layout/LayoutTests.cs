using System.Text.RegularExpressions;

namespace Niche.Architecture.Tests.Layout;

/// <summary>Where things lie and how long they are.</summary>
public sealed partial class LayoutTests
{
    private const int MaxLines = 300;

    // In two pieces, so that this file does not break its own rule.
    private static readonly string[] Banned = ["TO" + "DO", "FIX" + "ME", "NotImplemented" + "Exception"];

    private static readonly string[] Drawers = ["Helpers", "Helper", "Utils", "Util", "Utilities", "Common", "Misc"];

    [Fact]
    public void A_public_type_has_a_file_of_its_own_name() => Rule.Holds(
        "One public type a file. Only under Api/ may small records lie together.",
        Repository.ProductSources.Select(path => (Path: path, Types: TypesOf(path))).Where(file => file.Types.Count > 0 && !IsTidy(file.Path, file.Types))
            .Select(file => $"{file.Path}: {string.Join(", ", file.Types.Select(type => type.Name))}"));

    [Fact]
    public void Namespaces_are_folders() => Rule.Holds(
        "The namespace is the project's name and the folders below it.",
        Repository.Sources.Select(path => (Path: path, Namespace: NamespaceLine().Match(Repository.Read(path)).Groups[1].Value))
            .Where(file => file.Namespace.Length > 0 && Expected(file.Path) is { } expected && expected != file.Namespace)
            .Select(file => $"{file.Path}: {file.Namespace}"));

    [Fact]
    public void No_file_is_longer_than_a_reader_can_hold() => Rule.Holds(
        $"Split what has more than {MaxLines} lines.",
        Repository.Sources.Select(path => (Path: path, Lines: Repository.Read(path).Count(c => c == '\n'))).Where(file => file.Lines > MaxLines)
            .Select(file => $"{file.Path}: {file.Lines}"));

    [Fact]
    public void Nothing_is_left_for_later() => Rule.Holds(
        "Do it, or leave it out.",
        Repository.Sources.SelectMany(path => Banned.Where(word => Regex.IsMatch(Repository.Read(path), $@"\b{word}\b")).Select(word => $"{path}: {word}")));

    [Fact]
    public void Folders_are_named_by_what_they_can_do() => Rule.Holds(
        "Name the capability.", Repository.Sources.Where(path => path.Split('/').Any(Drawers.Contains)));

    [Fact]
    public void Every_project_says_what_it_is() => Rule.Holds(
        "Write a README.md beside the project file: purpose, entry points, how to test.",
        Repository.Projects.Where(project => !File.Exists(Path.Combine(Repository.Root, Path.GetDirectoryName(project)!, "README.md"))));

    [Fact]
    public void Every_project_of_the_product_has_a_diagram() => Rule.Holds(
        "One small mermaid diagram.",
        Repository.Projects.Where(project => !Repository.IsTest(project)).Select(project => Path.GetDirectoryName(project) + "/README.md")
            .Where(readme => File.Exists(Path.Combine(Repository.Root, readme)) && !Repository.Read(readme).Contains("```mermaid", StringComparison.Ordinal)));

    private static List<(string Kind, string Name)> TypesOf(string path) =>
        [.. PublicType().Matches(Repository.Read(path)).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    private static bool IsTidy(string path, List<(string Kind, string Name)> types)
    {
        bool group = types.Count > 1 && path.Contains("/Api/", StringComparison.Ordinal) && types.All(type => type.Kind == "record");
        string file = Path.GetFileNameWithoutExtension(path);
        bool named = file == types[0].Name || file == types[0].Name + "OfT";
        return named && (types.Count == 1 || group);
    }

    // The function classes of both heads share the root namespace: their folder is not a capability but the file layout of Azure Functions.
    private static string? Expected(string path)
    {
        if (Repository.ProjectOf(path) is not { } project) return null;
        string folder = Path.GetRelativePath(Path.GetDirectoryName(project)!, Path.GetDirectoryName(path)!).Replace('\\', '/');
        if (Repository.NameOf(project) == "Niche.Functions" && folder == "Functions") return "Niche.Functions";
        return folder == "." ? Repository.NameOf(project) : $"{Repository.NameOf(project)}.{folder.Replace('/', '.')}";
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^public (?:(?:sealed|static|abstract|partial|readonly|ref|unsafe) )*(class|record|struct|interface|enum|delegate)(?: struct| class)? (\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
