using System.Text.RegularExpressions;

namespace Niche.Infra.Tests.Documents;

/// <summary>Guides that point at things which moved are worse than none.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Guides => ["CONTRIBUTING.md", "SECURITY.md", "docs/run-on-azure.md"];

    [Theory, MemberData(nameof(Guides))]
    public void Every_path_it_names_exists(string guide)
    {
        var paths = QuotedPath().Matches(Repository.Read(guide)).Select(match => match.Groups[1].Value.TrimEnd('/')).Distinct().ToArray();

        Assert.NotEmpty(paths);
        Assert.DoesNotContain(paths, path => !Path.Exists(Repository.PathOf(path)));
    }

    [Theory, MemberData(nameof(Guides))]
    public void Every_link_inside_the_repository_leads_somewhere(string guide)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(guide)) ?? "";
        var targets = Link().Matches(Repository.Read(guide)).Select(match => match.Groups[1].Value).Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(folder, target.Split('#')[0])), $"{guide} links to {target}."));
    }

    // local.settings.json is the reader's own file.
    [GeneratedRegex(@"`((?:shared|functions|gpu-endpoint|bots|infra|tests|docs|\.ci)/(?![^`]*local\.settings)[^`\s*<>]+)`")]
    private static partial Regex QuotedPath();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
