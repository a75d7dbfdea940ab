using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Buttons;
using Niche.Bots.Moderation;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Tests.Operation;

/// <summary>What operators and managers have in their hands beside pause, drain and ban.</summary>
public sealed class OperatorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_moderator_holds_back_is_delivered_in_no_way()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        parlor.Moderator.OfPictures = picture => picture.Span.SequenceEqual(Parlor.Picture(1)) ? Judgement.Refused : Judgement.Fine;
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        string second = (await parlor.Get<ButtonKeys>().GetAsync(Ct)).Write(parlor.Paper.Name, new ButtonId(ButtonAction.Pick, order.JobId, 1));
        await parlor.SayAsync("ann", "show", order.JobId);
        Assert.Equal(["U1", "U3", "U4"], parlor.Paper.Last.Buttons[0].Select(button => button.Label));
        await parlor.DoAsync(parlor.Press("ann", second, "m1"));
        AssertHeldBack(parlor.Paper.Last);
        await parlor.SayAsync("ann", "upscale", "--picture 2");
        AssertHeldBack(parlor.Paper.Last);
        await parlor.SayAsync("ann", "upscale", "--picture 3");
        Assert.Single(parlor.Paper.Last.Pictures);
    }

    [Fact]
    public async Task A_picture_is_judged_once_however_often_and_wherever_it_is_shown()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId, 3);
        for (int i = 0; i < 10; i++) await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(3, parlor.Moderator.Asked);
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        parlor.Moderator.OfPictures = _ => Judgement.Refused;
        await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "U2"), "m1"));
        await parlor.SayAsync("ann", "upscale", "--picture 3");
        Assert.Single(parlor.Paper.Last.Pictures);
        await parlor.DoAsync(parlor.Command("ann", "show", order.JobId, channel: "elsewhere"));
        Assert.Single(parlor.Paper.Last.Pictures);
        await parlor.SayAsync("ann", "history");
        Assert.Equal(4, parlor.Moderator.Asked);
    }

    [Fact]
    public async Task Of_two_who_judge_a_picture_at_the_same_moment_the_first_word_holds()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house");
        Order order = await parlor.NewestAsync("ann");
        parlor.Moderator.OfPictures = _ =>
        {
            if (parlor.Moderator.Asked > 1) return Judgement.Refused;
            // Another process is through with the same picture while this one still thinks.
            Assert.True(parlor.Get<PictureGate>().LookAsync(order, order.Place, 0, Ct).GetAwaiter().GetResult().Withheld);
            return Judgement.Fine;
        };
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Empty(parlor.Paper.Messages["m1"].Pictures);
    }

    [Fact]
    public async Task Pictures_for_adults_follow_the_channel()
    {
        await using Parlor parlor = new();
        parlor.Moderator.OfPictures = _ => Judgement.Adult;
        await parlor.SayAsync("ann", "imagine", "a statue");
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Empty(parlor.Paper.Messages["m1"].Pictures);
        await parlor.SayAsync("manager", "settings", "--scope channel --name adult --value cover");
        await parlor.SayAsync("ann", "show");
        Assert.True(Assert.Single(parlor.Paper.Last.Pictures).Spoiler);
        await parlor.SayAsync("ann", "upscale");
        Assert.True(Assert.Single(parlor.Paper.Last.Pictures).Spoiler);
    }

    [Fact]
    public async Task A_channel_may_switch_commands_off_and_be_for_some_people_only()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("manager", "settings", "--scope channel --name disable --value chat");
        await parlor.SayAsync("ann", "chat", "a house");
        Assert.Contains("switched off", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("manager", "settings", "--scope channel --name allow --value bob");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Contains("cannot use this bot in this channel", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.SayAsync("bob", "imagine", "a house");
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
    }

    [Fact]
    public async Task An_announcement_reaches_every_channel_once()
    {
        await using Parlor parlor = new("Bots:Operators:0=paper:root");
        await parlor.DoAsync(parlor.Command("ann", "help", channel: "c7"));
        await parlor.SayAsync("root", "admin", "--action announce We paint 256x256 from tomorrow on");
        List<string> told = [];
        foreach (QueueItem item in await parlor.Get<IQueueStore>().ReceiveAsync(BotNames.Announcements, 32, TimeSpan.FromMinutes(1), Ct))
        {
            int before = parlor.Paper.Sent.Count;
            Assert.Null(await parlor.Get<Announcements>().RunAsync(System.Text.Json.JsonSerializer.Deserialize<Announcement>(item.Body, System.Text.Json.JsonSerializerOptions.Web)!, Ct));
            Assert.Contains("256x256", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
            Assert.Equal(before + 1, parlor.Paper.Sent.Count);
            told.Add(parlor.Paper.Sent[^1].Channel);
        }

        Assert.Equal(["c1", "c7"], told.Order());
    }

    [Fact]
    public async Task Commands_are_counted_by_name_and_outcome()
    {
        await using Parlor parlor = new();
        List<string> counted = [];
        using MeterListener listener = new();
        IMeterFactory meters = parlor.Get<IMeterFactory>();
        listener.InstrumentPublished = (instrument, on) =>
        {
            if (instrument.Name == "niche.bots.commands" && instrument.Meter.Scope == meters) on.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add($"{tags[0].Value} {tags[1].Value} {tags[2].Value}"));
        listener.Start();
        await parlor.SayAsync("ann", "help");
        await parlor.SayAsync("ann", "imagine", "a house");
        await parlor.SayAsync("ann", "my secret word");
        Assert.Equal(["paper help answered", "paper imagine answered", "paper unknown answered"], counted);
    }

    private static void AssertHeldBack(View view)
    {
        Assert.Empty(view.Pictures);
        Assert.Contains("held back", view.Body.ToString(), StringComparison.Ordinal);
    }
}
