using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

/// <summary>Signing in: by key, by a code of a chat; the history of all doors; signing out.</summary>
public sealed class AccountTests(BrowserFixture browser)
{
    private const string Stored = "JSON.stringify(localStorage)";

    private static readonly VisitOptions Refusals = new() { RefusalsExpected = true };

    [Theory]
    [InlineData(StandInAccount.Key)]
    [InlineData(StandInAccount.Code)]
    public Task Signed_in_the_wall_shows_what_was_ordered_at_every_door(string entered) => browser.VisitAsync(async visit =>
    {
        visit.Server.OrderElsewhere("a red boat", "discord").Finish();
        StandInJob open = visit.Server.OrderElsewhere("a blue tent", "telegram");
        await SignInAsync(visit, entered);
        await Expect(visit.Panel).ToContainTextAsync("Pictures this hour");
        await Expect(visit.Panel).ToContainTextAsync("3 of 120");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(2);
        await Expect(visit.Newest).ToContainTextAsync("a blue tent");
        await Expect(visit.Newest).ToContainTextAsync("from\u00a0telegram");
        await Expect(visit.Page.Locator(".sitting").Nth(1).Locator("img")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator(".sitting").Nth(1)).ToContainTextAsync("Verified");
        await Expect(visit.Page.Locator("#pictures-hint")).ToHaveTextAsync("Of your account, from every door.");
        open.Finish();
        await Expect(visit.Newest.Locator("img")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task What_is_created_belongs_to_the_account_and_is_gone_from_the_browser_after_signing_out() => browser.VisitAsync(async visit =>
    {
        StandInJob anonymous = await visit.CreateAsync("a house of nobody");
        anonymous.Finish();
        await SignInAsync(visit, StandInAccount.Key);
        await visit.Page.Keyboard.PressAsync("Escape");
        (await visit.CreateAsync("a house of mine")).Finish();
        await Expect(visit.Newest).ToContainTextAsync("a house of mine");
        Assert.Equal("a house of mine", (string)Assert.Single(visit.Server.Account.Orders).Job.Request["prompt"]!);
        await visit.GoAsync();
        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(2);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).ClickAsync();
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(1);
        await Expect(visit.Newest).ToContainTextAsync("a house of nobody");
        string stored = await visit.Page.EvaluateAsync<string>(Stored);
        Assert.DoesNotContain("a house of mine", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("niche_", stored, StringComparison.Ordinal);
    });

    [Theory]
    [InlineData("AAAAA-BBBBB", "invalid_link_code")]
    [InlineData("niche_0f3c9a1b2d4e5f60_ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "unauthorized")]
    public Task What_signs_nobody_in_is_said_and_not_kept(string entered, string code) => browser.VisitAsync(async visit =>
    {
        await SignInAsync(visit, entered);
        await Expect(visit.Panel).ToContainTextAsync(code);
        await Expect(visit.Page.Locator("#account-open")).ToHaveTextAsync("Sign in");
        Assert.DoesNotContain("niche_", await visit.Page.EvaluateAsync<string>(Stored), StringComparison.Ordinal);
    }, Refusals);

    [Fact]
    public Task A_key_that_was_revoked_elsewhere_leaves_nothing_of_the_account_on_the_page() => browser.VisitAsync(async visit =>
    {
        visit.Server.OrderElsewhere("a red boat", "discord").Finish();
        await SignInAsync(visit, StandInAccount.Key);
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(1);
        visit.Server.Account.IsRevoked = true;
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Account" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("unauthorized");
        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#account-open")).ToHaveTextAsync("Sign in");
    }, Refusals);

    [Fact]
    public Task Chats_are_linked_both_ways_and_unlinked_and_a_key_is_revoked() => browser.VisitAsync(async visit =>
    {
        await SignInAsync(visit, StandInAccount.Key);
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Make a code" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("/link " + StandInAccount.Code);
        await visit.Panel.GetByLabel("Code of a chat").FillAsync(StandInAccount.Code);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Panel).ToContainTextAsync("discord, telegram");
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await Expect(visit.Panel).Not.ToContainTextAsync("telegram");
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(visit.Page.Locator("#panel-title")).ToHaveTextAsync("Sign in");
        Assert.True(visit.Server.Account.IsRevoked);
    });

    [Fact]
    public Task Older_orders_are_fetched_when_they_are_wanted() => browser.VisitAsync(async visit =>
    {
        for (int i = 0; i < 26; i++) visit.Server.OrderElsewhere($"picture {i}", "discord").Finish();
        await SignInAsync(visit, StandInAccount.Key);
        await visit.Page.Keyboard.PressAsync("Escape");
        for (int shown = 6; shown < 26; shown += 6)
        {
            await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(shown);
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show older" }).ClickAsync();
        }

        await Expect(visit.Page.Locator(".sitting")).ToHaveCountAsync(26);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Show older" })).ToBeHiddenAsync();
    });

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public Task Both_panels_can_be_read_and_have_names(ColorScheme colours, int width) => browser.VisitAsync(async visit =>
    {
        await OpenAsync(visit);
        await LookAsync(visit);
        await EnterAsync(visit, StandInAccount.Key);
        await Expect(visit.Panel).ToContainTextAsync("Pictures this hour");
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Make a code" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("/link");
        await LookAsync(visit);
        Assert.True(await visit.Page.EvaluateAsync<bool>("(panel => panel.scrollWidth <= panel.clientWidth)(document.getElementById('panel'))"));
        Assert.Equal(width, await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }, new VisitOptions { Colours = colours, Width = width });

    private static async Task LookAsync(Visit visit)
    {
        Assert.Empty(await visit.InspectAsync("contrast.js"));
        Assert.Empty(await visit.InspectAsync("basics.js"));
    }

    private static async Task SignInAsync(Visit visit, string entered)
    {
        await OpenAsync(visit);
        await EnterAsync(visit, entered);
    }

    private static Task OpenAsync(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

    private static async Task EnterAsync(Visit visit, string entered)
    {
        await visit.Panel.GetByLabel("API key, or code of a chat").FillAsync(entered);
        await visit.Page.Keyboard.PressAsync("Enter");
    }
}
