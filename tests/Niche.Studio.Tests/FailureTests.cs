using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class FailureTests(BrowserFixture browser)
{
    private static readonly VisitOptions RefusalsExpected = new() { RefusalsExpected = true };

    [Fact]
    public Task A_refused_setting_is_marked_and_explained() => browser.VisitAsync(async visit =>
    {
        visit.Server.Refuse = new Refusal(400, "steps_out_of_range", "The number of steps is out of range", "'steps' must be between 4 and 12.", "steps");
        await visit.Prompt.FillAsync("a boat");
        await visit.CreateButton.ClickAsync();
        ILocator alert = visit.Page.Locator("#composer-failure [role=alert]");
        await Expect(alert).ToContainTextAsync("The number of steps is out of range");
        await Expect(alert).ToContainTextAsync("Change the marked settings and press Create again.");
        await Expect(alert).ToContainTextAsync("reference 0HN-7");
        await Expect(visit.Page.Locator("#steps-field .field-error")).ToHaveTextAsync("'steps' must be between 4 and 12.");
        await Expect(visit.Page.Locator("#steps")).ToHaveAttributeAsync("aria-invalid", "true");

        visit.Server.Refuse = null;
        await visit.CreateButton.ClickAsync();
        await Expect(alert).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("#steps")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(visit.Newest).ToBeVisibleAsync();
    }, RefusalsExpected);

    [Fact]
    public Task A_full_queue_says_when_to_come_back() => browser.VisitAsync(async visit =>
    {
        visit.Server.Refuse = new Refusal(429, "queue_full", "Too many jobs are waiting", "200 jobs wait already.", RetryAfter: 20);
        await visit.Prompt.FillAsync("a boat");
        await visit.CreateButton.ClickAsync();
        await Expect(visit.Page.Locator("#composer-failure")).ToContainTextAsync("Try again in 20 s.");
    }, RefusalsExpected);

    [Fact]
    public Task An_empty_prompt_is_not_sent() => browser.VisitAsync(async visit =>
    {
        await visit.CreateButton.ClickAsync();
        await Expect(visit.Page.Locator("#prompt-error")).ToContainTextAsync("Say what should be painted");
        await Expect(visit.Prompt).ToBeFocusedAsync();
        await Expect(visit.Prompt).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(visit.Server.Jobs);
    });

    [Fact]
    public Task A_failed_job_says_why_and_can_be_tried_again() => browser.VisitAsync(async visit =>
    {
        StandInJob job = await visit.CreateAsync("a boat");
        job.Fail("miners_failed", "No miner delivered usable work", "Three miners were asked.");
        await Expect(visit.Newest.Locator("[role=alert]")).ToContainTextAsync("No miner delivered usable work");
        await Expect(visit.Newest.Locator("[role=alert]")).ToContainTextAsync("other miners will be asked");
        await visit.Newest.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        StandInJob second = await visit.Server.NextJobAsync(TestContext.Current.CancellationToken);
        Assert.Equal(job.Request.ToJsonString(), second.Request.ToJsonString());
        Assert.NotEqual(job.IdempotencyKey, second.IdempotencyKey);
    });

    [Fact]
    public Task A_lost_answer_does_not_make_a_second_job() => browser.VisitAsync(async visit =>
    {
        visit.Server.AnswersToLose = 1;
        StandInJob job = await visit.CreateAsync("a boat");
        await Expect(visit.Newest).ToBeVisibleAsync();
        Assert.Single(visit.Server.Jobs);
        job.Finish();
        await Expect(visit.Newest.Locator("img")).ToBeVisibleAsync();
    }, RefusalsExpected);

    [Fact]
    public Task A_broken_connection_is_told_and_followed_up() => browser.VisitAsync(async visit =>
    {
        StandInJob job = await visit.CreateAsync("a boat");
        await Expect(visit.Newest).ToBeVisibleAsync();
        visit.Server.Down = true;
        job.Start();
        await Expect(visit.Newest).ToContainTextAsync("Connection lost, trying again");
        await Expect(visit.Page.Locator("#network")).ToContainTextAsync("The server does not answer");
        visit.Server.Down = false;
        job.Finish();
        await Expect(visit.Newest.Locator("img")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("#network")).ToContainTextAsync("Round 12");
    }, RefusalsExpected);

    [Fact]
    public Task A_job_that_the_validator_forgot_is_told_as_such() => browser.VisitAsync(async visit =>
    {
        await visit.CreateAsync("a boat");
        await Expect(visit.Newest).ToBeVisibleAsync();
        visit.Server.Jobs.Clear();
        await visit.GoAsync();
        await Expect(visit.Newest.Locator("[role=alert]")).ToContainTextAsync("The validator no longer knows this job");
    }, RefusalsExpected);

    [Fact]
    public Task A_page_opened_before_the_validator_recovers_by_itself() => browser.VisitAsync(async visit =>
    {
        visit.Server.Down = true;
        await visit.Page.GotoAsync(visit.Server.Url.ToString());
        await Expect(visit.Page.Locator("#miners-note")).ToContainTextAsync("The server does not answer");
        visit.Server.Down = false;
        await Expect(visit.Page.Locator("#model option")).ToHaveCountAsync(2);
    }, RefusalsExpected with { OpenAtOnce = false });
}
