using System.Collections.Concurrent;
using Microsoft.Playwright;
using Niche.Studio.Tests.StandIn;

namespace Niche.Studio.Tests.Browser;

/// <summary>One visitor on one page of one stand-in.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly VisitOptions _options;
    private readonly ConcurrentQueue<string> _complaints = new();

    private Visit(StandInServer server, IBrowserContext context, IPage page, VisitOptions options) =>
        (Server, _context, Page, _options) = (server, context, page, options);

    /// <summary>The validator's stand-in.</summary>
    public StandInServer Server { get; }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>The prompt field.</summary>
    public ILocator Prompt => Page.GetByLabel("What should be painted?");

    /// <summary>The button that sends the form.</summary>
    public ILocator CreateButton => Page.Locator("#create-button");

    /// <summary>The newest sitting on the wall.</summary>
    public ILocator Newest => Page.Locator(".sitting").First;

    /// <summary>The side panel.</summary>
    public ILocator Panel => Page.GetByRole(AriaRole.Dialog);

    /// <summary>Starts a stand-in and a fresh browser profile.</summary>
    public static async Task<Visit> OpenAsync(IBrowser browser, VisitOptions options)
    {
        StandInServer server = await StandInServer.StartAsync();
        IBrowserContext context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = options.Width, Height = options.Height },
            ColorScheme = options.Colours,
            DeviceScaleFactor = options.Scale,
            ReducedMotion = ReducedMotion.Reduce,
            Permissions = ["clipboard-read", "clipboard-write"],
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(15_000);
        Visit visit = new(server, context, await context.NewPageAsync(), options);
        visit.Listen();
        if (options.OpenAtOnce) await visit.GoAsync();
        return visit;
    }

    /// <summary>Opens the page and waits until the models are offered.</summary>
    public async Task GoAsync()
    {
        await Page.GotoAsync(Server.Url.ToString());
        await Assertions.Expect(Page.Locator("#model option")).Not.ToHaveCountAsync(0);
    }

    /// <summary>Types a prompt, sends it and answers with the job that arrived.</summary>
    public async Task<StandInJob> CreateAsync(string prompt)
    {
        await Prompt.FillAsync(prompt);
        await CreateButton.ClickAsync();
        return await Server.NextJobAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Runs one of the scripts in Page/ inside the page.</summary>
    public async Task<string[]> InspectAsync(string script)
    {
        await using Stream stream = typeof(Visit).Assembly.GetManifestResourceStream(script)!;
        using StreamReader reader = new(stream);
        return await Page.EvaluateAsync<string[]>(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Nothing on the console, no exception, no request to anybody but the stand-in.</summary>
    public void AssertQuiet() => Assert.Empty(_complaints);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        await Server.DisposeAsync();
    }

    private void Listen()
    {
        Page.PageError += (_, error) => _complaints.Enqueue($"exception: {error}");
        Page.Console += (_, message) =>
        {
            bool refusal = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !(refusal && _options.RefusalsExpected)) _complaints.Enqueue($"console: {message.Text}");
        };
        Page.Request += (_, request) =>
        {
            Uri url = new(request.Url);
            if (url.Scheme is not ("data" or "blob") && url.Authority != Server.Url.Authority) _complaints.Enqueue($"external request: {url}");
        };
    }
}
