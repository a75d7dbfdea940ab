using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>People who mean no good, or send what nobody expects: answered in words, and nobody else is touched.</summary>
public sealed class HostileTests(DiscordSubnet subnet) : DiscordTalk(subnet), IClassFixture<DiscordSubnet>
{
    [Fact]
    public async Task Other_peoples_and_tampered_buttons_do_nothing_but_say_so_to_whoever_pressed()
    {
        StandInMessage message = await PaintAsync(Anna, "a purple castle");
        OpenInteraction foreign = await PressAsync(Boris, message, "Delete");
        await SaysAsync(() => foreign.Messages.FirstOrDefault(said => said.IsEphemeral), "Only the person who asked");
        Assert.False(message.IsDeleted);
        string id = (string)message.Button("Delete")["custom_id"]!;
        OpenInteraction tampered = await SendAsync(Discord.Make.Press(Boris, message, id[..^1] + (id[^1] == 'A' ? 'B' : 'A')));
        await SaysAsync(() => tampered.Messages.FirstOrDefault(said => said.IsEphemeral), "not one of mine");
        Assert.False(message.IsDeleted);
        await PressAsync(Anna, message, "Delete");
        await Eventually.TrueAsync(() => Task.FromResult(message.IsDeleted));
        NothingForbidden();
    }

    [Theory]
    [InlineData("@everyone come here")]
    [InlineData("<@101> [free](https://evil.example) ||hidden|| `x` **bold** # big")]
    [InlineData("a\u202ecat\u200b\u0000")]
    public async Task Words_of_strangers_stay_words(string prompt)
    {
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", prompt), ("steps", 4), ("count", 1));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        Assert.DoesNotMatch(@"@everyone|(?<!\\)<@|(?<!\\)\[free|\u202e|\u0000", asked.Original!.Text);
        NothingForbidden();
    }

    [Fact]
    public async Task A_prompt_of_six_thousand_characters_and_an_unknown_command_are_answered_in_words()
    {
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", new string('x', 6000)));
        OpenInteraction unknown = await CommandAsync(Anna, "frobnicate");
        await SaysAsync(() => asked.Original, "characters");
        await SaysAsync(() => unknown.Original, "do not know that command");
        NothingForbidden();
    }

    [Fact]
    public async Task A_file_that_is_too_large_or_no_picture_is_answered_in_words()
    {
        OpenInteraction large = await CommandAsync(Anna, "upscale", ("image", Discord.World.AddFile("../../big.png", "image/png", new byte[13_000_000])));
        OpenInteraction none = await CommandAsync(Anna, "upscale", ("image", Discord.World.AddFile("a\r\nb.png", "image/png", [1, 2, 3])));
        await SaysAsync(() => large.Original, "too large");
        await SaysAsync(() => none.Original, "cannot read this picture");
        NothingForbidden();
    }

    [Theory]
    [InlineData("xx-YY")]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("zh-TW")]
    public async Task Whatever_language_somebody_has_gets_an_answer(string locale)
    {
        OpenInteraction asked = await CommandAsync(new StandInUser(900, "Chen", locale), "help");
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        Assert.NotEmpty(asked.Original!.Text);
        NothingForbidden();
    }

    [Fact]
    public async Task A_channel_that_was_deleted_meanwhile_stops_nobody()
    {
        Subnet.Subnet.Miner.Hold();
        OpenInteraction asked = await CommandAsync(Anna, "imagine", ("prompt", "an orange tent"), ("steps", 4), ("count", 1));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        asked.Channel!.State = ChannelState.Deleted;
        asked.Original!.IsDeleted = true;
        Subnet.Subnet.Miner.Release();
        Assert.Contains("a blue rocket", (await PaintAsync(Boris, "a blue rocket")).Text, StringComparison.Ordinal);
        NothingForbidden();
    }

    [Fact]
    public async Task Nobody_reads_a_token_or_a_prompt_in_the_log()
    {
        StandInMessage message = await PaintAsync(Anna, "a very secret windmill");
        OpenInteraction press = await PressAsync(Anna, message, "Info");
        await Eventually.TrueAsync(() => Task.FromResult(press.Original is { IsLoading: false }));
        string[] lines = [.. Subnet.Subnet.Log.Lines];
        Assert.NotEmpty(lines);
        string[] secrets = [Discord.Token, "secret windmill", .. Discord.World.Interactions.Keys, .. Discord.World.Interactions.Keys.Select(Uri.EscapeDataString)];
        Assert.DoesNotContain(lines, line => secrets.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
        NothingForbidden();
    }
}
