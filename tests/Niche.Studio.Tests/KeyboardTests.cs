using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class KeyboardTests(BrowserFixture browser)
{
    [Fact]
    public Task A_picture_can_be_made_cancelled_and_read_about_with_keys_alone() => browser.VisitAsync(async visit =>
    {
        IKeyboard keys = visit.Page.Keyboard;
        await keys.PressAsync("Tab");
        await Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "Skip to the prompt" })).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await keys.TypeAsync("a white boat");
        await keys.PressAsync("Control+Enter");
        StandInJob job = await visit.Server.NextJobAsync(TestContext.Current.CancellationToken);
        Assert.Equal("a white boat", (string)job.Request["prompt"]!);
        await TabToAsync(visit, "#cancel-button");
        await keys.PressAsync("Enter");
        await Expect(visit.Newest.Locator(".progress-line")).ToContainTextAsync("Cancelled");

        await keys.PressAsync("Control+Enter");
        StandInJob second = await visit.Server.NextJobAsync(TestContext.Current.CancellationToken);
        second.Finish();
        await Expect(visit.Newest.Locator("img")).ToBeVisibleAsync();
        await TabToAsync(visit, ".sitting button.alcove");
        await keys.PressAsync("Enter");
        await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        await keys.PressAsync("Escape");
        await Expect(visit.Page.Locator(".sitting button.alcove").First).ToBeFocusedAsync();
    });

    [Fact]
    public Task Radio_groups_and_sliders_obey_the_arrows() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByLabel("1 picture", new() { Exact = true }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(visit.Page.GetByLabel("2 pictures")).ToBeCheckedAsync();
        await visit.Page.Locator("#steps").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await Expect(visit.Page.GetByLabel("Steps, as a number")).ToHaveValueAsync("19");
    });

    [Fact]
    public Task Every_stop_of_the_tab_key_is_visible() => browser.VisitAsync(async visit =>
    {
        (await visit.CreateAsync("a boat")).Finish();
        await Expect(visit.Newest.Locator("figcaption .mark")).ToBeVisibleAsync();
        await visit.Page.EvaluateAsync("document.activeElement.blur()");
        List<string> blind = [];
        for (int i = 0; i < 60; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            string? fault = await visit.Page.EvaluateAsync<string?>("""
                () => {
                  const at = document.activeElement;
                  if (at === document.body) return null;
                  const shown = at.matches("input[type=radio]") ? at.nextElementSibling : at;
                  const style = getComputedStyle(shown);
                  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? null : at.outerHTML.slice(0, 120);
                }
                """);
            if (fault is not null) blind.Add(fault);
        }

        Assert.Empty(blind);
    });

    private static async Task TabToAsync(Visit visit, string selector)
    {
        for (int i = 0; i < 60; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            if (await visit.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"{selector} cannot be reached with the Tab key.");
    }
}
