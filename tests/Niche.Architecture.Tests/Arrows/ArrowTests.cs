using System.Reflection;
using System.Xml.Linq;

namespace Niche.Architecture.Tests.Arrows;

/// <summary>Dependencies point down, in project files and in what was compiled.</summary>
public sealed class ArrowTests
{
    private static readonly string[] Folders = ["shared", "functions", "gpu-endpoint", "bots", "infra", "tests"];

    private static IEnumerable<string> Product => Repository.Projects.Where(project => !Repository.IsTest(project));

    [Fact]
    public void Every_project_of_the_product_is_on_the_map() => Rule.Holds(
        "Say in AllowedArrows what a new project may see.",
        Product.Select(Repository.NameOf).Where(name => !AllowedArrows.Direct.ContainsKey(name)));

    [Fact]
    public void Project_files_refer_only_downwards() => Rule.Holds(
        "Arrows point down the list of the design; move the code, or the arrow.",
        Product.SelectMany(project => References(project)
            .Where(reference => !AllowedArrows.Direct[Repository.NameOf(project)].Contains(Repository.NameOf(reference)))
            .Select(reference => $"{project} -> {reference}")));

    [Fact]
    public void Assemblies_use_only_what_lies_below() => Rule.Holds(
        "A type came in through a reference of a reference.",
        Compiled().SelectMany(assembly => assembly.GetReferencedAssemblies()
            .Where(used => used.Name!.StartsWith("Niche.", StringComparison.Ordinal) && !AllowedArrows.Visible(assembly.GetName().Name!).Contains(used.Name))
            .Select(used => $"{assembly.GetName().Name} -> {used.Name}")));

    [Fact]
    public void Every_compiled_project_was_looked_at()
    {
        string[] expected = [.. Product.Select(Repository.NameOf).Where(name => name != "Niche.Functions").Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Compiled().Select(assembly => assembly.GetName().Name!).Where(name => name != "Niche.Attacks").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_shared_knows_nobody_who_uses_it() => Rule.Holds(
        "shared/ refers to shared/ only, gpu-endpoint/ to itself and shared/.",
        Product.SelectMany(project => References(project).Select(reference => (From: Folder(project), To: Folder(reference), Text: $"{project} -> {reference}")))
            .Where(arrow => (arrow.From == "shared" && arrow.To != "shared") || (arrow.From == "gpu-endpoint" && arrow.To is not ("gpu-endpoint" or "shared"))
                || (arrow.To == "tests" && arrow.From != "infra") || (arrow.To == "infra" && arrow.From != "infra"))
            .Select(arrow => arrow.Text));

    [Fact]
    public void The_top_level_has_the_known_folders() => Rule.Holds(
        "A project lies in one of: " + string.Join(", ", Folders), Repository.Projects.Where(project => !Folders.Contains(Folder(project))));

    [Fact]
    public void Versions_of_packages_are_kept_in_one_place() => Rule.Holds(
        "Directory.Packages.props has the versions.",
        Repository.Projects.Where(project => XDocument.Parse(Repository.Read(project)).Descendants("PackageReference").Any(item => item.Attribute("Version") is not null)));

    private static IEnumerable<string> References(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        return XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Select(item => Path.GetFullPath(Path.Combine(folder, ((string)item.Attribute("Include")!).Replace('\\', '/'))))
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'));
    }

    private static string Folder(string path) => path.Split('/')[0];

    private static IEnumerable<Assembly> Compiled() => AllowedArrows.Direct.Keys
        .Where(name => File.Exists(Path.Combine(AppContext.BaseDirectory, name + ".dll"))).Select(Assembly.Load);
}
