using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class MinerTableTests(BrowserFixture browser)
{
    [Fact]
    public Task Each_miner_has_a_row_with_its_figures() => browser.VisitAsync(async visit =>
    {
        ILocator rows = Rows(visit);
        await Expect(rows).ToHaveCountAsync(4);
        await Expect(rows.Nth(0)).ToContainTextAsync("Miner 1");
        await Expect(rows.Nth(0)).ToContainTextAsync("5FHneW…94ty");
        await Expect(rows.Nth(0)).ToContainTextAsync("0.94");
        await Expect(rows.Nth(0)).ToContainTextAsync("81 %");
        await Expect(rows.Nth(0)).ToContainTextAsync("63 / 9");
        await Expect(rows.Nth(0)).ToContainTextAsync("214 ms");
        await Expect(rows.Nth(3)).ToContainTextAsync("offline");
        await Expect(rows.Nth(3)).ToContainTextAsync("–");
        await Expect(visit.Page.Locator("#network")).ToContainTextAsync("Round 12: 34 of 60 requests");
        await Expect(visit.Page.Locator("#network")).ToContainTextAsync("Waiting: 2 pictures, 5 challenges, 1 to judge");
    });

    [Fact]
    public Task Verdict_marks_differ_in_shape_and_say_their_reason() => browser.VisitAsync(async visit =>
    {
        ILocator marks = Rows(visit).Nth(1).Locator(".marks > span");
        await Expect(marks).ToHaveCountAsync(5);
        await Expect(marks.Nth(0)).ToHaveAttributeAsync("title", "Wrong: Same seed, but other settings, for example fewer steps.");
        string[] shapes = await visit.Page.Locator("#legend use").EvaluateAllAsync<string[]>("all => all.map(use => use.getAttribute('href'))");
        Assert.Equal(7, shapes.Distinct().Count());
        await Rows(visit).Nth(1).Locator(".marks").ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Miner 2");
        await Expect(visit.Panel.Locator(".verdict-list li")).ToHaveCountAsync(5);
        await Expect(visit.Panel.Locator(".verdict-list li").First).ToContainTextAsync("Wrong Same seed, but other settings");
    });

    [Fact]
    public Task The_table_follows_the_network_and_keeps_the_focus() => browser.VisitAsync(async visit =>
    {
        ILocator rows = Rows(visit);
        await rows.Nth(1).Locator(".marks").FocusAsync();
        visit.Server.Network.Round = 13;
        visit.Server.Network.Miners =
        [
            visit.Server.Network.Miners[0] with { Weight = 0.2 },
            visit.Server.Network.Miners[1] with { Weight = 0.8, Score = 0.77 },
        ];
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(rows.Nth(0)).ToContainTextAsync("Miner 2");
        await Expect(rows.Nth(0)).ToContainTextAsync("0.77");
        await Expect(rows.Nth(0).Locator(".marks")).ToBeFocusedAsync();
        await Expect(visit.Page.Locator("#network")).ToContainTextAsync("Round 13");
    });

    [Fact]
    public Task A_hidden_tab_asks_for_nothing() => browser.VisitAsync(async visit =>
    {
        await Expect(Rows(visit)).ToHaveCountAsync(4);
        await visit.Page.EvaluateAsync("""
            () => {
              Object.defineProperty(document, "hidden", { get: () => window.tabHidden === true, configurable: true });
              window.tabHidden = true;
              window.asked = 0;
              const real = window.fetch;
              window.fetch = (...all) => { window.asked++; return real(...all); };
            }
            """);
        // One period of the page's own clock is enough for the turn that was already planned to see the hidden tab.
        await visit.Page.EvaluateAsync("new Promise(done => setTimeout(done, 4000))");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("window.asked"));
        await visit.Page.EvaluateAsync("window.tabHidden = false; document.dispatchEvent(new Event('visibilitychange'))");
        await visit.Page.WaitForFunctionAsync("window.asked > 0");
    });

    private static ILocator Rows(Visit visit) => visit.Page.Locator(".miner-table tbody tr");
}
