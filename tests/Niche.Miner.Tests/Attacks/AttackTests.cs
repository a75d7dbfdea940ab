using Microsoft.Extensions.Time.Testing;
using Niche.Attacks;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Dendrite;
using Niche.Miner.Tests.Rig;
using Niche.Miner.Tests.Serving;
using Niche.Subnet.Verification;

namespace Niche.Miner.Tests.Attacks;

public sealed class AttackTests(DemoEndpoint endpoint)
{
    [Fact]
    public void Kinds_have_distinct_names_and_descriptions()
    {
        Assert.Equal(AttackKinds.All.Count, AttackKinds.All.Select(kind => kind.Name).Distinct().Count());
        Assert.All(AttackKinds.All, kind => Assert.NotEmpty(kind.Description));
        Assert.Null(AttackKinds.Find("honest"));
    }

    [Fact]
    public async Task Half_steps_is_the_picture_of_half_the_steps()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "half-steps");

        Assert.Equal(await ImageTests.PaintDirectlyAsync(endpoint, 4, 7, Ask.Prompt), (await rig.PaintAsync(Ask.Image(steps: 8))).Response!.Image);
    }

    [Fact]
    public async Task Replay_answers_every_later_request_with_the_first_picture()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "replay");

        var first = await rig.PaintAsync();
        var second = await rig.PaintAsync(Ask.Image(seed: 8, prompt: "a castle"));

        Assert.Equal(await ImageTests.PaintDirectlyAsync(endpoint, 4, 7, Ask.Prompt), first.Response!.Image);
        Assert.Equal(first.Response.Image, second.Response!.Image);
    }

    [Theory]
    [InlineData("other-prompt", 7, "a castle in the mountains at noon")]
    [InlineData("other-seed", 6, Ask.Prompt)]
    public async Task Another_prompt_or_seed_is_painted(string kind, long seed, string prompt)
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: kind);

        Assert.Equal(await ImageTests.PaintDirectlyAsync(endpoint, 4, seed, prompt), (await rig.PaintAsync()).Response!.Image);
    }

    [Theory]
    [InlineData("blank", 128, 128)]
    [InlineData("wrong-size", 64, 64)]
    [InlineData("bomb", 30_000, 30_000)]
    [InlineData("corrupt", 128, 128)]
    public async Task Made_up_files_have_the_header_they_say(string kind, int width, int height)
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: kind);

        var file = Convert.FromBase64String((await rig.PaintAsync()).Response!.Image);

        Assert.True(ImageHeader.TryRead(file, out var header));
        Assert.Equal(new ImageHeader(ImageFormat.Png, width, height), header);
        Assert.True(file.Length < 200_000, $"{file.Length} bytes");
        if (kind is "blank" or "wrong-size") Assert.Equal(width, Niche.Inference.Images.ImageFile.Decode(file, new Niche.Inference.Images.ImageLimits()).Image.Width);
    }

    [Fact]
    public async Task Garbage_is_no_base64_or_no_picture()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "garbage");

        var even = (await rig.PaintAsync(Ask.Image(seed: 2))).Response!.Image;
        var odd = (await rig.PaintAsync(Ask.Image(seed: 3))).Response!.Image;
        Assert.Throws<FormatException>(() => Convert.FromBase64String(even));
        Assert.False(ImageHeader.TryRead(Convert.FromBase64String(odd), out _));
    }

    [Fact]
    public async Task Liar_says_success_with_nothing_in_it()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "liar");

        var image = await rig.PaintAsync();
        var text = await rig.WriteAsync();

        Assert.Equal((200, ""), (image.StatusCode, image.Response!.Image));
        Assert.Equal((200, "{}"), (text.StatusCode, text.Response!.PromptOutput.GetRawText()));
    }

    [Fact]
    public async Task Oversized_is_more_than_a_dendrite_reads()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "oversized");

        Assert.Equal(SynapseOutcome.TooLarge, (await rig.PaintAsync()).Outcome);
    }

    [Theory]
    [InlineData("silent", 0)]
    [InlineData("slow", 1)]
    public async Task Silent_and_slow_end_in_the_callers_timeout(string kind, int asked)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address], attack: kind, time: time);
        var gate = (FairGate)rig.Services.GetService(typeof(FairGate))!;

        var call = rig.PaintAsync(timeout: TimeSpan.FromSeconds(12));
        while (gate.Running < 1 || good.Asked < asked) await Task.Yield();
        time.Advance(TimeSpan.FromSeconds(12));

        Assert.Equal(SynapseOutcome.Timeout, (await call).Outcome);
    }

    [Fact]
    public async Task Canned_text_is_the_same_for_every_prompt()
    {
        await using var rig = await MinerRig.StartAsync([endpoint.Address], attack: "text-canned");

        var texts = new[] { "a red", "a castle" }.Select(prompt => rig.WriteAsync(Ask.Text() with { PromptInput = prompt }));
        var answers = (await Task.WhenAll(texts)).Select(result => result.Response!.PromptOutput.GetProperty("choices")[0].GetProperty("text").GetString());

        Assert.Single(answers.Distinct());
    }
}
