using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

public sealed class HostileTextTests(BrowserFixture browser)
{
    private const string Markup = "<img src=x onerror=\"window.owned=1\"><script>window.owned=1</script>";

    [Fact]
    public Task A_prompt_never_becomes_markup() => browser.VisitAsync(async visit =>
    {
        visit.Server.Models.Suggestions = [Markup];
        visit.Server.Receipts.Verdict = (Markup, Markup);
        await visit.GoAsync();
        StandInJob job = await visit.CreateAsync(Markup);
        job.Finish();
        await Expect(visit.Newest.Locator("h3")).ToHaveTextAsync(Markup);
        await visit.Newest.Locator("figcaption button", new() { HasText = "Receipt" }).ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        await AssertHarmlessAsync(visit);
    });

    [Fact]
    public Task What_a_miner_calls_itself_never_becomes_markup() => browser.VisitAsync(async visit =>
    {
        visit.Server.Network.Miners = [new StandInMiner(3, Markup, 0.5, 1, 10, [$"{Markup}:{Markup.Replace(':', ' ')}", "wrong:__proto__", "constructor:toString"]) { Model = Markup }];
        await visit.GoAsync();
        await Expect(visit.Page.Locator(".miner-table tbody")).ToContainTextAsync(Markup);
        await visit.Page.Locator(".marks").ClickAsync();
        await Expect(visit.Panel).ToContainTextAsync("Miner 3");
        await AssertHarmlessAsync(visit);
    });

    [Fact]
    public Task A_failure_never_becomes_markup() => browser.VisitAsync(async visit =>
    {
        StandInJob job = await visit.CreateAsync("a boat");
        job.Fail(Markup, Markup, Markup);
        await Expect(visit.Newest.Locator("[role=alert]")).ToContainTextAsync(Markup);
        await AssertHarmlessAsync(visit);
    });

    [Theory]
    [InlineData("javascript:window.owned=1")]
    [InlineData("https://elsewhere.example/picture.png")]
    [InlineData("//elsewhere.example/picture.png")]
    [InlineData("data:text/html,<script>window.owned=1</script>")]
    public Task A_picture_from_elsewhere_is_neither_shown_nor_linked(string url) => browser.VisitAsync(async visit =>
    {
        await visit.Page.RouteAsync("**/v1/jobs/*", async route =>
        {
            Microsoft.Playwright.IAPIResponse response = await route.FetchAsync();
            System.Text.Json.Nodes.JsonNode body = System.Text.Json.Nodes.JsonNode.Parse(await response.TextAsync())!;
            foreach (System.Text.Json.Nodes.JsonNode? result in body["results"]!.AsArray()) result!["url"] = url;
            await route.FulfillAsync(new() { Response = response, Body = body.ToJsonString() });
        });
        (await visit.CreateAsync("a boat")).Finish();
        await Expect(visit.Newest.Locator(".alcove.gone")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Newest.Locator("a[download], img").CountAsync());
        await AssertHarmlessAsync(visit);
    });

    [Fact]
    public void No_file_of_Studio_holds_inline_script_or_style_or_a_foreign_address()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryPaths.Studio, "index.html"));
        Assert.DoesNotMatch(@"\sstyle\s*=|<style|\son[a-z]+\s*=|<script(?![^>]*\ssrc=)", page);
        foreach (string file in Directory.EnumerateFiles(RepositoryPaths.Studio, "*", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file).Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
            Assert.DoesNotMatch(@"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text);
        }

    }

    private static async Task AssertHarmlessAsync(Visit visit)
    {
        Assert.False(await visit.Page.EvaluateAsync<bool>("'owned' in window"));
        Assert.Equal(0, await visit.Page.Locator("[onerror], body script").CountAsync());
    }
}
