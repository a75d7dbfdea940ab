namespace Niche.Cli.Tests.Rig;

/// <summary>Reference data beside the checkout.</summary>
internal static class SharedFolder
{
    /// <summary>A folder of it; skips the test where there is none.</summary>
    public static string Find(string name)
    {
        var folder = Environment.GetEnvironmentVariable("NICHE_SHARED") ?? BesideCheckout();
        Assert.SkipUnless(folder is not null && Directory.Exists(Path.Combine(folder, name)), $"The reference data (../shared/{name}) is not on this machine.");
        return Path.Combine(folder, name);
    }

    private static string? BesideCheckout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "NicheFunctions.sln")))
                return Path.Combine(at.Parent!.FullName, "shared");
        return null;
    }
}
