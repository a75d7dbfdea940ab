using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class PictureTests(BrowserFixture browser)
{
    [Fact]
    public Task Saving_gives_the_bytes_under_a_name_that_tells_what_they_are() => browser.VisitAsync(async visit =>
    {
        StandInJob job = await FinishedAsync(visit, "A red Lighthouse, by the sea!");
        IDownload download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Newest.GetByRole(AriaRole.Link, new() { Name = "Save" }).ClickAsync());
        Assert.Equal("a-red-lighthouse-by-the-sea-seed1000-128x128.png", download.SuggestedFilename);
        await using Stream content = await download.CreateReadStreamAsync();
        using MemoryStream bytes = new();
        await content.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(visit.Server.Receipts.PictureOf(job, 0), bytes.ToArray());
    });

    [Fact]
    public Task The_seed_is_copied() => browser.VisitAsync(async visit =>
    {
        await FinishedAsync(visit, "a boat");
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Copy seed 1000" }).ClickAsync();
        await Expect(visit.Newest).ToContainTextAsync("Copied");
        Assert.Equal("1000", await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    });

    [Fact]
    public Task Settings_come_back_into_the_form_with_the_seed_of_the_picture() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByLabel("Steps, as a number").FillAsync("9");
        await FinishedAsync(visit, "a boat");
        await visit.Page.GetByLabel("Steps, as a number").FillAsync("33");
        await visit.Prompt.FillAsync("something else");
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Use these settings" }).ClickAsync();
        await Expect(visit.Prompt).ToHaveValueAsync("a boat");
        await Expect(visit.Page.GetByLabel("Steps, as a number")).ToHaveValueAsync("9");
        await Expect(visit.Page.GetByLabel("Seed number")).ToHaveValueAsync("1000");
    });

    [Fact]
    public Task A_receipt_reads_as_a_page_and_is_checked_against_the_picture() => browser.VisitAsync(async visit =>
    {
        await FinishedAsync(visit, "a boat");
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Receipt", Exact = true }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Verified");
        await Expect(visit.Panel).ToContainTextAsync("It matches the trusted machine's own picture. Likeness to the trusted picture: 0.993 of 1.");
        await Expect(visit.Panel).ToContainTextAsync("This picture is the one on the receipt.");
        await Expect(visit.Panel).ToContainTextAsync("This prompt is the one on the receipt.");
        await Expect(visit.Panel).ToContainTextAsync("5FHneW…94ty");
        await Expect(visit.Panel).ToContainTextAsync("231 ms");
        await Expect(visit.Panel).ToContainTextAsync("Content, cosine (1 is the same)0.9997");
        await Expect(visit.Panel.GetByRole(AriaRole.Link, new() { Name = "Open the receipt as JSON" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/v1/receipts/[0-9a-f]{32}-0$"));
        await visit.Panel.GetByRole(AriaRole.Button, new() { Name = "Copy miner hotkey" }).ClickAsync();
        Assert.Equal(StandInJob.Hotkey, await visit.Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Panel).ToBeHiddenAsync();
    });

    [Fact]
    public Task A_receipt_of_another_picture_is_called_out() => browser.VisitAsync(async visit =>
    {
        visit.Server.Receipts.ForeignPicture = true;
        visit.Server.Receipts.Verdict = ("wrong", "other_settings");
        await FinishedAsync(visit, "a boat");
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Receipt", Exact = true }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("This picture is not the one on the receipt.");
        await Expect(visit.Panel).ToContainTextAsync("Same seed, but other settings, for example fewer steps.");
    });

    [Fact]
    public Task The_wall_survives_a_reload_and_an_unfinished_job_goes_on() => browser.VisitAsync(async visit =>
    {
        await FinishedAsync(visit, "a boat");
        StandInJob second = await visit.CreateAsync("a tent");
        second.Start();
        await Expect(visit.Newest).ToContainTextAsync("Being painted");
        await visit.GoAsync();
        await Expect(visit.Page.Locator(".sitting h3")).ToHaveTextAsync(["a tent", "a boat"]);
        second.Finish();
        await Expect(visit.Page.Locator(".sitting img")).ToHaveCountAsync(2);
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(visit.Page.Locator(".sitting h3")).ToHaveTextAsync(["a boat"]);
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Clear all" }).ClickAsync();
        await Expect(visit.Page.GetByText("The wall is still empty")).ToBeVisibleAsync();
        Assert.Equal("[]", await visit.Page.EvaluateAsync<string>("localStorage.getItem('niche.studio.sittings.v1')"));
    });

    private static async Task<StandInJob> FinishedAsync(Visit visit, string prompt)
    {
        StandInJob job = await visit.CreateAsync(prompt);
        job.Finish();
        await Expect(visit.Newest.Locator("figcaption")).ToContainTextAsync("By miner 1");
        await Expect(visit.Newest.Locator("figcaption .mark")).ToBeVisibleAsync();
        return job;
    }
}
