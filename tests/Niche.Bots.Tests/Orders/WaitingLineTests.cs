using System.Text;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Orders;

/// <summary>Where a group takes few messages, one of them shows the progress of all who wait there; results come alone.</summary>
public sealed class WaitingLineTests
{
    private const string Others = "Also waiting here";
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Who_comes_later_is_shown_in_the_first_ones_message_and_refreshed_there()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a boat --count 4");
        await parlor.SayAsync("bob", "imagine", "a house");
        await parlor.SayAsync("eve", "imagine", "a tent");
        Assert.Single(parlor.Paper.Sent);
        Assert.Equal("\n2. a house: 4 pictures before it", Listed(parlor)[..33]);
        Assert.Contains("\n3. a tent: 5 pictures before it", Listed(parlor), StringComparison.Ordinal);
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId, 3);
        await parlor.PassAsync(Tick);
        Assert.Contains("\n2. a house: 1 pictures before it", Listed(parlor), StringComparison.Ordinal);
        Assert.Single(parlor.Paper.Sent);
    }

    [Fact]
    public async Task When_the_first_is_over_the_next_has_the_message_that_shows_all_also_after_a_restart()
    {
        await using Parlor parlor = Small();
        string[] people = ["ann", "bob", "eve"];
        foreach (string person in people) await parlor.SayAsync(person, "imagine", $"a house of {person}");
        for (int i = 0; i < people.Length; i++)
        {
            await parlor.RestartAsync();
            await parlor.PaintAsync((await parlor.NewestAsync(people[i])).JobId);
            await parlor.PassAsync(Tick);
            await parlor.PassAsync(Tick);
            Assert.Equal((Tone.Good, 1), (parlor.Paper.Messages[$"m{i + 1}"].Tone, parlor.Paper.Messages[$"m{i + 1}"].Pictures.Count));
            Assert.Equal(Math.Min(i + 2, people.Length), parlor.Paper.Sent.Count);
        }

        Assert.All(people.Select((person, i) => (person, parlor.Paper.Messages[$"m{i + 1}"])), one => Assert.Contains($"a house of {one.person}", one.Item2.Body.ToString(), StringComparison.Ordinal));
        await parlor.SayAsync("ann", "imagine", "a boat");
        Assert.DoesNotContain(parlor.Paper.Last.Fields, field => field.Name == Others);
    }

    [Fact]
    public async Task Who_is_done_before_the_first_gets_the_picture_as_a_message_of_their_own_once()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a boat");
        await parlor.SayAsync("bob", "imagine", "a house");
        parlor.Paper.Troubles.Enqueue(new PlatformException(PlatformFault.Busy, "429", TimeSpan.FromSeconds(2)));
        await parlor.PaintAsync((await parlor.NewestAsync("bob")).JobId);
        Assert.Single(parlor.Paper.Sent);
        for (int i = 0; i < 4; i++) await parlor.PassAsync(Tick);
        Assert.Equal(2, parlor.Paper.Sent.Count);
        Assert.Single(parlor.Paper.Last.Pictures);
        Assert.DoesNotContain(parlor.Paper.Messages["m1"].Fields, field => field.Name == Others);
        Assert.True((await parlor.NewestAsync("bob")) is { Closed: true, Waits: false });
    }

    [Fact]
    public async Task Each_has_a_button_to_cancel_that_works_for_whoever_asked()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a boat");
        await parlor.SayAsync("bob", "imagine", "a house");
        string cancel = parlor.Button("m1", "2");
        Assert.InRange(Encoding.UTF8.GetByteCount(cancel), 1, 64);
        await parlor.DoAsync(parlor.Press("ann", cancel, "m1"));
        Assert.Contains("Only the person who asked", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("a house", Listed(parlor), StringComparison.Ordinal);
        await parlor.DoAsync(parlor.Press("bob", cancel, "m1"));
        Assert.DoesNotContain(parlor.Paper.Messages["m1"].Fields, field => field.Name == Others);
        Assert.Equal("Cancel", Assert.Single(parlor.Paper.Messages["m1"].Buttons.SelectMany(row => row)).Label);
        await parlor.PassAsync(Tick);
        Assert.Equal(2, parlor.Paper.Sent.Count);
        Assert.True((await parlor.NewestAsync("bob")).Closed);
    }

    [Fact]
    public async Task When_the_message_of_all_is_gone_the_next_gets_one()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a boat");
        await parlor.SayAsync("bob", "imagine", "a house");
        parlor.Paper.Messages.Remove("m1");
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId);
        Assert.Equal("ann", Assert.Single(parlor.Paper.Direct).User);
        await parlor.PassAsync(Tick);
        Assert.Equal(2, parlor.Paper.Sent.Count);
        Assert.Contains("a house", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(Tone.Busy, parlor.Paper.Last.Tone);
    }

    [Fact]
    public async Task A_long_line_is_told_in_part_and_private_orders_are_not_told()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a secret --private");
        for (int i = 0; i < 12; i++) await parlor.SayAsync($"user{i}", "imagine", $"a house {i}");
        Assert.Equal(2, parlor.Paper.Sent.Count);
        View all = parlor.Paper.Messages["m2"];
        string listed = all.Fields.Single(field => field.Name == Others).Value.ToString();
        Assert.EndsWith("\nand 3 more", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", listed, StringComparison.Ordinal);
        Assert.Equal(["Cancel", "2", "3", "4", "5", "6", "7", "8", "9"], all.Buttons.SelectMany(row => row).Select(button => button.Label));
    }

    [Fact]
    public async Task Another_group_has_a_message_of_its_own()
    {
        await using Parlor parlor = Small();
        await parlor.SayAsync("ann", "imagine", "a boat");
        await parlor.DoAsync(parlor.Command("bob", "imagine", "a house", channel: "c2"));
        Assert.Equal(2, parlor.Paper.Sent.Count);
    }

    private static string Listed(Parlor parlor) => parlor.Paper.Messages["m1"].Fields.Single(field => field.Name == Others).Value.ToString();

    private static Parlor Small()
    {
        Parlor parlor = new();
        parlor.Paper.Limits = parlor.Paper.Limits with { SharesProgress = true };
        return parlor;
    }
}
