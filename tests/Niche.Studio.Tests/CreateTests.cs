using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class CreateTests(BrowserFixture browser)
{
    [Fact]
    public Task A_prompt_becomes_pictures_one_by_one() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByLabel("2 pictures").CheckAsync();
        StandInJob job = await visit.CreateAsync("a red lighthouse by the sea at night");
        Assert.Equal(36, job.IdempotencyKey.Length);
        Assert.Equal("""{"kind":"image","model":"niche-scenes","prompt":"a red lighthouse by the sea at night","count":2,"width":128,"height":128,"steps":20,"guidance":4}""",
            job.Request.ToJsonString());

        job.Queue(3, 24);
        await Expect(visit.Newest).ToContainTextAsync("Number 3 in the queue");
        await Expect(visit.Newest).ToContainTextAsync("about 24 s left");
        await Expect(visit.Newest).ToContainTextAsync("so far");
        job.Start();
        await Expect(visit.Newest).ToContainTextAsync("Being painted, 0 of 2 ready");
        job.Paint(1);
        await Expect(visit.Newest.Locator("img")).ToHaveCountAsync(1);
        await Expect(visit.Newest).ToContainTextAsync("Being painted, 1 of 2 ready");
        job.Finish();
        await Expect(visit.Newest.Locator("img")).ToHaveCountAsync(2);
        await Expect(visit.Newest).ToContainTextAsync("By miner 1");
        await Expect(visit.Newest.GetByText("Verified")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("#announcer")).ToHaveTextAsync("2 pictures ready");
    });

    [Fact]
    public Task Every_setting_reaches_the_validator() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByLabel("Model").SelectOptionAsync("wide-scenes");
        await Expect(visit.Page.Locator("#count input")).ToHaveCountAsync(2);
        await visit.Page.GetByLabel("Tall, 512 × 768").CheckAsync();
        await visit.Page.GetByLabel("2 pictures").CheckAsync();
        await visit.Page.GetByLabel("Steps, as a number").FillAsync("3");
        await visit.Page.GetByLabel("Guidance, as a number").FillAsync("1.5");
        await visit.Page.GetByLabel("Leave out").FillAsync("clouds");
        await visit.Page.GetByLabel("Fixed").CheckAsync();
        await visit.Page.GetByLabel("Seed number").FillAsync("42");
        StandInJob job = await visit.CreateAsync("a house");
        Assert.Equal("""{"kind":"image","model":"wide-scenes","prompt":"a house","negative_prompt":"clouds","count":2,"width":512,"height":768,"steps":3,"guidance":1.5,"seed":42}""",
            job.Request.ToJsonString());
    });

    [Fact]
    public Task Sliders_and_numbers_stay_inside_what_the_model_offers() => browser.VisitAsync(async visit =>
    {
        ILocator number = visit.Page.GetByLabel("Steps, as a number"), slider = visit.Page.Locator("#steps");
        await number.FillAsync("400");
        await number.BlurAsync();
        await Expect(number).ToHaveValueAsync("50");
        await Expect(slider).ToHaveValueAsync("50");
        await visit.Page.GetByLabel("Model").SelectOptionAsync("wide-scenes");
        await Expect(number).ToHaveValueAsync("6");
        await slider.FillAsync("2");
        await Expect(number).ToHaveValueAsync("2");
        await Expect(visit.Page.Locator("#model option")).ToHaveTextAsync(["niche-scenes", "wide-scenes"]);
    });

    [Fact]
    public Task A_suggestion_fills_the_prompt_and_others_can_be_asked_for() => browser.VisitAsync(async visit =>
    {
        ILocator chips = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Suggested prompts" }).GetByRole(AriaRole.Button);
        await Expect(chips).ToHaveCountAsync(4);
        await chips.Last.ClickAsync();
        await chips.First.ClickAsync();
        await Expect(visit.Prompt).ToHaveValueAsync(visit.Server.Models.Suggestions[3]);
        await Expect(visit.Prompt).ToBeFocusedAsync();
    });

    [Fact]
    public Task A_waiting_job_can_be_cancelled() => browser.VisitAsync(async visit =>
    {
        StandInJob job = await visit.CreateAsync("a boat");
        await visit.Page.Locator("#cancel-button").ClickAsync();
        await Expect(visit.Newest.Locator(".progress-line")).ToContainTextAsync("Cancelled");
        Assert.Equal("cancelled", (string)job.View()["status"]!);
        await Expect(visit.Page.Locator("#cancel-button")).ToBeHiddenAsync();
        await Expect(visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Cancel" })).ToHaveCountAsync(0);
        await Expect(visit.CreateButton).ToBeFocusedAsync();
    });

    [Fact]
    public Task The_dice_fixes_a_new_seed() => browser.VisitAsync(async visit =>
    {
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Roll a seed" }).ClickAsync();
        string first = await visit.Page.GetByLabel("Seed number").InputValueAsync();
        StandInJob job = await visit.CreateAsync("a boat");
        Assert.Equal(first, job.Request["seed"]!.ToJsonString());
        await visit.Page.GetByLabel("New each time").CheckAsync();
        await Expect(visit.Page.GetByLabel("Seed number")).ToBeHiddenAsync();
    });
}
