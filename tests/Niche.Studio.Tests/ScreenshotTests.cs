using Microsoft.Playwright;
using Niche.Studio.Tests.Browser;
using Niche.Studio.Tests.StandIn;
using static Microsoft.Playwright.Assertions;

namespace Niche.Studio.Tests;

/// <summary>The pictures of docs/images: real pictures of the demo model on a full wall. Run with NICHE_SCREENSHOTS=folder to write them.</summary>
public sealed class ScreenshotTests(BrowserFixture browser)
{
    private static readonly (string Prompt, int Row, int Column, long Seed)[] Samples =
    [
        ("a pink tree at left at the ocean at dawn with a clear sky", 0, 4, 4), ("in the golden hour, an orange balloon in a town with clouds", 1, 1, 7),
        ("a blue fortress at sunset in the mountains with the sun", 1, 3, 9), ("a white sailboat and a yellow balloon on the coast in the evening", 1, 5, 11),
        ("a pink sailboat and a yellow tent on the lake at sunrise", 3, 5, 23), ("a red hot air balloon in a sandy desert in the evening", 3, 1, 19),
    ];

    [Theory]
    [InlineData("studio-light", ColorScheme.Light, 1400, 1330, 1f)]
    [InlineData("studio-dark", ColorScheme.Dark, 1280, 900, 1f)]
    [InlineData("studio-phone", ColorScheme.Light, 390, 844, 2f)]
    [InlineData("studio-phone-pictures", ColorScheme.Dark, 390, 844, 2f)]
    [InlineData("studio-phone-miners", ColorScheme.Light, 390, 844, 2f)]
    [InlineData("studio-receipt", ColorScheme.Light, 1280, 900, 1f)]
    [InlineData("studio-empty", ColorScheme.Light, 1280, 900, 1f)]
    [InlineData("studio-wide", ColorScheme.Dark, 2200, 1300, 1f)]
    public Task A_full_wall_is_drawn(string name, ColorScheme colours, int width, int height, float scale) => browser.VisitAsync(async visit =>
    {
        Assert.SkipUnless(File.Exists(RepositoryPaths.SampleSheet), "the sample pictures of ../shared/models are not here");
        string? folder = Environment.GetEnvironmentVariable("NICHE_SCREENSHOTS");
        visit.Server.Receipts.PictureOf = (job, index) =>
            Array.FindIndex(Samples, sample => sample.Prompt == (string)job.Request["prompt"]!) is var at and >= 0
                ? ScenePainter.Cut(RepositoryPaths.SampleSheet, Samples[(at + index) % Samples.Length].Row, Samples[(at + index) % Samples.Length].Column)
                : ScenePainter.Paint(128, 128, job.SeedOf(index));
        if (name != "studio-empty") await HangAsync(visit);
        if (name == "studio-receipt")
        {
            await visit.Page.Locator("figcaption button", new() { HasText = "Receipt" }).First.ClickAsync();
            await Expect(visit.Panel).ToContainTextAsync("Validator's signature");
        }

        await Expect(visit.Page.Locator(".miner-table tbody tr")).ToHaveCountAsync(4);
        string place = name.Split('-') is [_, _, var section] ? $"document.getElementById('{section}').offsetTop - 12" : "0";
        await visit.Page.EvaluateAsync($"scrollTo(0, {place})");
        byte[] image = await visit.Page.ScreenshotAsync(new() { FullPage = name == "studio-wide", Animations = ScreenshotAnimations.Disabled });
        Assert.True(image.Length > 20_000);
        if (folder is not null) await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.png"), image, TestContext.Current.CancellationToken);
    }, new VisitOptions { Colours = colours, Width = width, Height = height, Scale = scale });

    private static async Task HangAsync(Visit visit)
    {
        await visit.Page.GetByLabel("4 pictures").CheckAsync();
        (await visit.CreateAsync(Samples[0].Prompt)).Finish();
        await Expect(visit.Newest.Locator("figcaption .mark")).ToHaveCountAsync(4);
        StandInJob running = await visit.CreateAsync(Samples[4].Prompt);
        running.Start();
        running.Paint(0);
        await Expect(visit.Newest.Locator(".painting")).ToHaveCountAsync(3);
        await Expect(visit.Newest.Locator("figcaption")).ToContainTextAsync("By miner 1");
        await visit.Page.Mouse.MoveAsync(0, 0);
    }
}
