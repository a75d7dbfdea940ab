namespace Niche.Studio.Tests.Browser;

/// <summary>Finds an installed Chromium; nothing is ever downloaded.</summary>
public static class ChromiumLocator
{
    private static readonly string[] WellKnown = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    /// <summary>The path in CHROMIUM, or the first well-known one that exists; null when there is none.</summary>
    public static string? Find() =>
        new[] { Environment.GetEnvironmentVariable("CHROMIUM") }.Concat(WellKnown).FirstOrDefault(File.Exists);
}
