using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class AppearanceTests(BrowserFixture browser)
{
    [Fact]
    public Task The_page_follows_the_system_until_the_visitor_chooses() => browser.VisitAsync(async visit =>
    {
        string night = await GroundAsync(visit);
        ILocator toggle = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Dark colours" });
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "true");
        await toggle.ClickAsync();
        await Expect(toggle).ToHaveAttributeAsync("aria-pressed", "false");
        Assert.NotEqual(night, await GroundAsync(visit));
        await visit.GoAsync();
        Assert.NotEqual(night, await GroundAsync(visit));
    }, new VisitOptions { Colours = ColorScheme.Dark });

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public Task Every_text_can_be_read(ColorScheme colours, int width) => browser.VisitAsync(async visit =>
    {
        await FillAsync(visit);
        Assert.Empty(await visit.InspectAsync("contrast.js"));
        await visit.Page.Locator(".sitting figcaption button", new() { HasText = "Receipt" }).First.ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        Assert.Empty(await visit.InspectAsync("contrast.js"));
    }, new VisitOptions { Colours = colours, Width = width, RefusalsExpected = true });

    [Theory]
    [InlineData(320)]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1024)]
    [InlineData(2560)]
    public Task Nothing_scrolls_sideways(int width) => browser.VisitAsync(async visit =>
    {
        await FillAsync(visit);
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await visit.Page.Locator(".sitting figcaption button", new() { HasText = "Receipt" }).First.ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        Assert.True(await visit.Page.EvaluateAsync<bool>("(panel => panel.scrollWidth <= panel.clientWidth)(document.getElementById('panel'))"));
    }, new VisitOptions { Width = width, RefusalsExpected = true });

    [Fact]
    public Task Everything_has_a_name_and_a_place() => browser.VisitAsync(async visit =>
    {
        await FillAsync(visit);
        Assert.Empty(await visit.InspectAsync("basics.js"));
        await visit.Page.Locator(".sitting figcaption button", new() { HasText = "Receipt" }).First.ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        Assert.Empty(await visit.InspectAsync("basics.js"));
    }, new VisitOptions { RefusalsExpected = true });

    [Fact]
    public Task How_it_works_takes_three_sentences() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "How it works" }).ClickAsync();
        await Expect(visit.Panel.Locator("p")).ToHaveCountAsync(3);
        await Expect(visit.Panel).ToContainTextAsync("the score falls");
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(visit.Panel).ToBeHiddenAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "How it works" })).ToBeFocusedAsync();
    });

    private static Task<string> GroundAsync(Visit visit) => visit.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");

    // A wall with everything on it: finished, waiting, failed, and a refused form.
    private static async Task FillAsync(Visit visit)
    {
        StandInJob failed = await visit.CreateAsync("a tent");
        failed.Fail("miners_failed", "No miner delivered usable work", "Three miners were asked.");
        await Expect(visit.Newest.Locator("[role=alert]")).ToBeVisibleAsync();
        StandInJob done = await visit.CreateAsync("a lighthouse_with_an_extraordinarily_long_word_that_has_no_place_to_break_anywhere_at_all by the sea");
        done.Finish();
        await Expect(visit.Newest.Locator("figcaption .mark")).ToBeVisibleAsync();
        StandInJob waiting = await visit.CreateAsync("a boat");
        waiting.Queue(4, 80);
        await Expect(visit.Newest).ToContainTextAsync("Number 4");
        visit.Server.Refuse = new Refusal(400, "steps_out_of_range", "The number of steps is out of range", "'steps' must be between 4 and 12.", "steps");
        await visit.CreateButton.ClickAsync();
        await Expect(visit.Page.Locator("#composer-failure [role=alert]")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".miner-table tbody tr")).ToHaveCountAsync(4);
    }
}
