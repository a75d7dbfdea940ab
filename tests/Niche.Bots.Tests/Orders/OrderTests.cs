using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;
using Niche.Storage.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Bots.Tests.Orders;

/// <summary>From a wish to pictures, with everything that can go wrong in between.</summary>
public sealed class OrderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_wish_is_acknowledged_then_placed_then_painted_in_one_message()
    {
        await using Parlor parlor = new();
        Assert.IsType<Acknowledgement.Later>(await parlor.SayAsync("ann", "imagine", "a red house --count 4 --seed 7"));
        View waiting = Assert.Single(parlor.Paper.Sent).View;
        Assert.Equal(Tone.Busy, waiting.Tone);
        Assert.Equal(["Place", "Expected in"], waiting.Fields.Select(field => field.Name));
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        View done = parlor.Paper.Messages["m1"];
        Assert.Equal(BotNames.Pictures, Assert.Single(done.Pictures).Container);
        Assert.Equal(["U1", "U2", "U3", "U4", "V1", "V2", "V3", "V4", "Again", "Edit", "Info", "Keep", "Delete"], done.Buttons.SelectMany(row => row).Select(button => button.Label));
        Assert.Single(parlor.Paper.Sent);
        Assert.True((await parlor.NewestAsync("ann")).Closed);
    }

    [Fact]
    public async Task The_place_of_a_waiting_order_is_true_and_refreshed()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("bob", "imagine", "a boat --count 4");
        await parlor.SayAsync("ann", "imagine", "a house");
        Assert.Equal("4 pictures before yours", parlor.Paper.Messages["m2"].Fields[0].Value.ToString());
        await parlor.PaintAsync((await parlor.NewestAsync("bob")).JobId, 3);
        await parlor.PassAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("1 pictures before yours", parlor.Paper.Messages["m2"].Fields[0].Value.ToString());
    }

    [Fact]
    public async Task The_same_event_delivered_again_is_answered_once()
    {
        await using Parlor parlor = new();
        CommandEvent wish = parlor.Command("ann", "imagine", "a red house");
        for (int i = 0; i < 5; i++) await parlor.Get<IBotDesk>().ReceiveAsync(wish, Ct);
        await parlor.PumpAsync();
        await parlor.DoAsync(wish);
        Assert.Single(parlor.Paper.Sent);
    }

    [Fact]
    public async Task A_process_that_dies_between_job_and_answer_leaves_one_job_and_one_message()
    {
        await using Parlor parlor = new();
        parlor.Paper.Troubles.Enqueue(new InvalidOperationException("the process dies here"));
        await parlor.SayAsync("ann", "imagine", "a red house");
        Assert.Empty(parlor.Paper.Sent);
        await parlor.RestartAsync();
        await parlor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Single(parlor.Paper.Sent);
        int orders = 0;
        await foreach (Order _ in parlor.Get<OrderStore>().HistoryAsync(await parlor.AccountAsync("ann"), Ct)) orders++;
        Assert.Equal(1, orders);
        int jobs = 0;
        await foreach (var _ in parlor.Get<JobStore>().ListAsync(Ct)) jobs++;
        Assert.Equal(1, jobs);
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_two_hundred_conversations_loses_none()
    {
        await using Parlor parlor = new("Bots:OpenOrders=100");
        for (int i = 0; i < 200; i++) await parlor.Get<IBotDesk>().ReceiveAsync(parlor.Command($"user{i}", "imagine", "a house", channel: $"c{i}"), Ct);
        await parlor.PumpAsync();
        Assert.Equal(200, parlor.Paper.Sent.Count);
        await parlor.RestartAsync();
        for (int i = 0; i < 200; i++) await parlor.PaintAsync((await parlor.NewestAsync($"user{i}")).JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(200, parlor.Paper.Sent.Count);
        Assert.All(parlor.Paper.Messages.Values, view => Assert.Single(view.Pictures));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 4)]
    public async Task What_is_painted_shows_in_a_grid_that_fills_up(bool albums, int pictures)
    {
        await using Parlor parlor = new();
        parlor.Paper.Limits = parlor.Paper.Limits with { Albums = albums };
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId, 2);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        View growing = parlor.Paper.Messages["m1"];
        Assert.Equal((Tone.Busy, BotNames.Pictures, $"{order.JobId}/grid-01.png"), (growing.Tone, growing.Pictures.Single().Container, growing.Pictures.Single().Name));
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal((Tone.Good, pictures), (parlor.Paper.Messages["m1"].Tone, parlor.Paper.Messages["m1"].Pictures.Count));
    }

    [Fact]
    public async Task Cancelling_keeps_what_is_finished()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId, 2);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "Cancel"), "m1"));
        View view = parlor.Paper.Messages["m1"];
        Assert.Contains("2 of 4", view.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal(["U1", "U2"], view.Buttons[0].Select(button => button.Label));
    }

    [Fact]
    public async Task An_impossible_queue_is_said_at_once_and_makes_no_job()
    {
        await using Parlor parlor = new();
        parlor.Validator.Serving = 0;
        await parlor.SayAsync("ann", "imagine", "a house", "de");
        Assert.Contains("/miners", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("niemand online", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await foreach (var _ in parlor.Get<JobStore>().ListAsync(Ct)) Assert.Fail("A job was made.");
    }

    [Fact]
    public async Task Where_other_models_have_painters_they_are_offered()
    {
        SubnetPolicy policy = DefaultPolicy.Load();
        ModelPolicy scenes = policy.Models.First(model => model.Kind == ModelKind.Image);
        await using Parlor parlor = new(policy with { Models = [.. policy.Models, scenes with { Name = "grand-scenes" }] });
        parlor.Validator.Unserved.Add("grand-scenes");
        await parlor.SayAsync("ann", "imagine", "a house --model grand-scenes");
        Assert.Contains($"have painters: {scenes.Name}", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await foreach (var _ in parlor.Get<JobStore>().ListAsync(Ct)) Assert.Fail("A job was made.");
    }

    [Fact]
    public async Task A_platform_that_is_busy_gets_the_picture_later()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house");
        for (int i = 0; i < 3; i++) parlor.Paper.Troubles.Enqueue(new PlatformException(PlatformFault.Busy, "429", TimeSpan.FromSeconds(20)));
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId);
        for (int i = 0; i < 8; i++) await parlor.PassAsync(TimeSpan.FromSeconds(21));
        Assert.Empty(parlor.Paper.Troubles);
        Assert.Single(parlor.Paper.Messages["m1"].Pictures);
    }

    [Fact]
    public async Task A_deleted_message_does_not_end_the_job_and_its_picture_comes_another_way()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house");
        parlor.Paper.Messages.Remove("m1");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal("Gone", (await parlor.NewestAsync("ann")).Stranded);
        Assert.Single(Assert.Single(parlor.Paper.Direct).View.Pictures);
        await parlor.SayAsync("ann", "show", order.JobId);
        Assert.Single(parlor.Paper.Last.Pictures);
    }

    [Fact]
    public async Task Every_fault_of_a_wish_is_said_in_one_answer()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --steps 600 --ar 3:2 --foo bar");
        string said = parlor.Paper.Last.Body.ToString();
        Assert.Contains("--foo", said, StringComparison.Ordinal);
        Assert.Contains("between 1 and 50", said, StringComparison.Ordinal);
        Assert.Contains("3:2", said, StringComparison.Ordinal);
    }
}
