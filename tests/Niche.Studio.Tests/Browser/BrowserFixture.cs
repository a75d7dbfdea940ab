using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;

[assembly: AssemblyFixture(typeof(BrowserFixture))]

namespace Niche.Studio.Tests.Browser;

/// <summary>One Chromium for all tests; every visit has its own profile and its own stand-in.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (ChromiumLocator.Find() is not { } path) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments, Headless = true });
    }

    /// <summary>Opens Studio, runs the steps, and then checks that the page wrote no error and asked nobody else for anything.</summary>
    public async Task VisitAsync(Func<Visit, Task> steps, VisitOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed (apt-get install chromium)");
        await using Visit visit = await Visit.OpenAsync(_browser!, options ?? new VisitOptions());
        await steps(visit);
        visit.AssertQuiet();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
