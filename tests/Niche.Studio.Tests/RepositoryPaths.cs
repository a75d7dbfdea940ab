using System.Reflection;

namespace Niche.Studio.Tests;

/// <summary>Folders of the checkout.</summary>
public static class RepositoryPaths
{
    /// <summary>The folder with NicheFunctions.sln.</summary>
    public static string Root { get; } = typeof(RepositoryPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "RepositoryRoot").Value!;

    /// <summary>Studio's files.</summary>
    public static string Studio { get; } = Path.Combine(Root, "functions", "Niche.Functions", "wwwroot");
}
