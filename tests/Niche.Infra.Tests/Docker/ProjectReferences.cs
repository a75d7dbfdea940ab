using System.Xml.Linq;

namespace Niche.Infra.Tests.Docker;

/// <summary>Which projects a project needs to build.</summary>
internal static class ProjectReferences
{
    /// <summary>The project and all that it references, directly or not, as paths from the root of the repository.</summary>
    public static IReadOnlySet<string> ClosureOf(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([project]);
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            var path = Repository.PathOf(next);
            foreach (var reference in XDocument.Load(path).Descendants("ProjectReference"))
            {
                var include = reference.Attribute("Include")?.Value.Replace('\\', '/') ?? "";
                var full = Path.GetFullPath(include, Path.GetDirectoryName(path) ?? "");
                open.Push(Path.GetRelativePath(Repository.Root, full));
            }
        }

        return found;
    }
}
