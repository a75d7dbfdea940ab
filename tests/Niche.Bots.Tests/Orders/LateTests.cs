using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Orders;

/// <summary>Orders whose message can no longer be changed when their picture is there.</summary>
public sealed class LateTests
{
    private static PlatformException Fault(PlatformFault fault) => new(fault, "for the test", fault == PlatformFault.Busy ? TimeSpan.FromSeconds(20) : null);

    [Fact]
    public async Task A_private_order_whose_time_ran_out_comes_to_its_person_alone_and_once()
    {
        await using Parlor parlor = new();
        Order order = await OrderAsync(parlor, "a house --private");
        parlor.Paper.FailEdits.Enqueue(Fault(PlatformFault.Expired));
        await parlor.PaintAsync(order.JobId);
        (string user, View view) = Assert.Single(parlor.Paper.Direct);
        Assert.Equal(("ann", false, 1), (user, view.Private, view.Pictures.Count));
        Assert.Contains("could no longer answer", view.Title, StringComparison.Ordinal);
        for (int i = 0; i < 3; i++) await parlor.PassAsync(TimeSpan.FromMinutes(2));
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(parlor.Paper.Direct);
        order = await parlor.NewestAsync("ann");
        Assert.Equal((true, null, "Expired"), (order.Closed, order.Lost, order.Stranded));
        await parlor.SayAsync("ann", "queue");
        Assert.Equal(2, parlor.Paper.Sent.Count);
    }

    [Fact]
    public async Task What_is_stranded_before_its_end_is_awaited_and_troubles_nobody_meanwhile()
    {
        await using Parlor parlor = new();
        Order order = await OrderAsync(parlor, "a house --private --count 2");
        parlor.Paper.FailEdits.Enqueue(Fault(PlatformFault.Expired));
        await parlor.PaintAsync(order.JobId, 1);
        for (int i = 0; i < 200; i++) await parlor.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Empty(parlor.Paper.Direct);
        Assert.Equal(0, parlor.Paper.Edits);
        parlor.Paper.FailDirect.Enqueue(Fault(PlatformFault.Busy));
        await parlor.PaintAsync(order.JobId);
        for (int i = 0; i < 3; i++) await parlor.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(Assert.Single(parlor.Paper.Direct).View.Pictures);
    }

    [Theory]
    [InlineData(PlatformFault.Expired, PlatformFault.Forbidden)]
    [InlineData(PlatformFault.Gone, PlatformFault.Gone)]
    [InlineData(PlatformFault.Forbidden, PlatformFault.Refused)]
    public async Task Who_takes_no_messages_is_told_at_the_next_visit_and_only_then(PlatformFault edit, PlatformFault alone)
    {
        await using Parlor parlor = new();
        Order order = await OrderAsync(parlor, "a secret house --private");
        parlor.Paper.FailEdits.Enqueue(Fault(edit));
        parlor.Paper.FailDirect.Enqueue(Fault(alone));
        await parlor.PaintAsync(order.JobId);
        Assert.Equal(alone.ToString(), (await parlor.NewestAsync("ann")).Lost);
        await parlor.SayAsync("eve", "models");
        Assert.Equal(2, parlor.Paper.Sent.Count);
        await parlor.SayAsync("ann", "models");
        View told = parlor.Paper.Last;
        Assert.Equal(("Finished while I could not reach you", true), (told.Title, told.Private));
        Assert.Contains("a secret house", told.Body.ToString(), StringComparison.Ordinal);
        await parlor.DoAsync(parlor.Press("ann", told.Menu!.Entries[0].Id, parlor.Paper.Sent[^1].Message));
        Assert.Single(parlor.Paper.Last.Pictures);
        await parlor.SayAsync("ann", "models");
        Assert.Equal(6, parlor.Paper.Sent.Count);
    }

    [Fact]
    public async Task Where_all_would_read_it_nothing_that_was_missed_is_said()
    {
        await using Parlor parlor = new();
        parlor.Paper.Limits = parlor.Paper.Limits with { PrivateMessages = false };
        Order order = await OrderAsync(parlor, "a house");
        parlor.Paper.FailEdits.Enqueue(Fault(PlatformFault.Gone));
        parlor.Paper.FailDirect.Enqueue(Fault(PlatformFault.Forbidden));
        await parlor.PaintAsync(order.JobId);
        await parlor.SayAsync("ann", "models");
        Assert.Equal(2, parlor.Paper.Sent.Count);
        await parlor.DoAsync(parlor.Command("ann", "models") with { Place = parlor.Place("p1", ChannelKind.Private) });
        Assert.Equal("Finished while I could not reach you", parlor.Paper.Last.Title);
    }

    [Fact]
    public async Task An_event_that_is_handled_too_late_to_be_answered_still_brings_its_picture()
    {
        await using Parlor parlor = new();
        parlor.Paper.Troubles.Enqueue(Fault(PlatformFault.Expired));
        Order order = await OrderAsync(parlor, "a house --private");
        Assert.Null(order.Message);
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Single(Assert.Single(parlor.Paper.Direct).View.Pictures);
    }

    [Fact]
    public async Task What_was_called_off_is_brought_to_nobody()
    {
        await using Parlor parlor = new();
        Order order = await OrderAsync(parlor, "a house --private");
        parlor.Paper.FailEdits.Enqueue(Fault(PlatformFault.Expired));
        await parlor.SayAsync("ann", "cancel", order.JobId);
        await parlor.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Empty(parlor.Paper.Direct);
        Assert.True((await parlor.NewestAsync("ann")).Closed);
    }

    private static async Task<Order> OrderAsync(Parlor parlor, string text)
    {
        await parlor.SayAsync("ann", "imagine", text);
        return await parlor.NewestAsync("ann");
    }
}
