using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;
using Niche.Bots.Updates;

namespace Niche.Bots.Tests.Updates;

/// <summary>Many events at once, events that come twice, events that nobody means.</summary>
public sealed class BurstTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_burst_with_repeats_none_is_lost_and_none_answered_twice()
    {
        await using Parlor parlor = new();
        CommandEvent[] events = [.. Enumerable.Range(0, 500).Select(i => parlor.Command($"user{i % 50}", "stats", channel: $"c{i}"))];
        CommandEvent[] twice = [.. events, .. events.Reverse()];
        await Parallel.ForEachAsync(twice, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Ct },
            async (happened, ct) => await parlor.Get<IBotDesk>().ReceiveAsync(happened, ct));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => parlor.PumpAsync()));
        await parlor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Equal(events.Select(one => one.Place.Channel).Order(), parlor.Paper.Sent.Select(sent => sent.Channel).Order());
    }

    [Fact]
    public async Task An_event_whose_holder_died_is_taken_over_when_its_lease_ends()
    {
        await using Parlor parlor = new();
        CommandEvent asked = parlor.Command("ann", "help");
        await parlor.Get<EventLog>().ClaimAsync(asked, Ct);
        await parlor.DoAsync(asked);
        Assert.Empty(parlor.Paper.Sent);
        for (int i = 0; i < 14; i++) await parlor.PassAsync(TimeSpan.FromSeconds(5.5));
        Assert.Single(parlor.Paper.Sent);
    }

    [Fact]
    public async Task A_process_that_knows_that_it_is_alone_takes_over_at_once()
    {
        await using Parlor parlor = new();
        CommandEvent asked = parlor.Command("ann", "help");
        await parlor.Get<EventLog>().ClaimAsync(asked, Ct);
        Assert.Equal(1, await parlor.Get<EventLog>().GiveBackAsync(Ct));
        await parlor.DoAsync(asked);
        Assert.Single(parlor.Paper.Sent);
        Assert.Equal(0, await parlor.Get<EventLog>().GiveBackAsync(Ct));
    }

    [Fact]
    public async Task What_fails_for_ever_ends_with_an_apology()
    {
        await using Parlor parlor = new();
        for (int i = 0; i < 4; i++) parlor.Paper.Troubles.Enqueue(new InvalidOperationException("a fault of ours"));
        await parlor.SayAsync("ann", "help", locale: "es");
        for (int i = 0; i < 5; i++) await parlor.PassAsync(TimeSpan.FromSeconds(6));
        Assert.Contains("Algo falló", Assert.Single(parlor.Paper.Sent).View.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task However_often_a_platform_is_busy_nobody_is_forgotten()
    {
        await using Parlor parlor = new();
        for (int i = 0; i < 60; i++) parlor.Paper.Troubles.Enqueue(new PlatformException(PlatformFault.Busy, "Too many at once.", TimeSpan.FromSeconds(3)));
        await parlor.SayAsync("ann", "help");
        for (int i = 0; i < 60; i++) await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Single(parlor.Paper.Sent);
    }

    [Fact]
    public async Task Programs_are_not_answered()
    {
        await using Parlor parlor = new();
        Assert.IsType<Acknowledgement.Nothing>(await parlor.DoAsync(parlor.Command("bot", "help") with { User = new BotUser("bot", "bot", IsBot: true) }));
        Assert.Empty(parlor.Paper.Sent);
    }

    [Fact]
    public async Task The_longest_event_that_a_platform_can_send_fits_the_queue_and_is_answered()
    {
        await using Parlor parlor = new();
        string longest = string.Concat(Enumerable.Repeat("\u202E\uFFFF\uD800😀日\u0001", 2000));
        Attachment[] files = [.. Enumerable.Range(0, 20).Select(i => new Attachment(new string('r', 1500), longest, longest))];
        CommandEvent wish = parlor.Command("ann", longest, longest) with
        {
            Attachments = files, Quoted = new QuotedMessage("m", true, longest, files),
            Options = Enumerable.Range(0, 30).ToDictionary(i => $"o{i}", _ => longest),
            User = new BotUser("ann", longest, longest),
        };
        await parlor.DoAsync(wish);
        Assert.Contains("/help", Assert.Single(parlor.Paper.Sent).View.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_events_are_forgotten()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "help");
        parlor.Time.Advance(TimeSpan.FromDays(4));
        await parlor.SayAsync("ann", "help");
        Assert.Equal(1, await parlor.Get<EventLog>().ForgetAsync(parlor.Time.GetUtcNow() - TimeSpan.FromDays(3), Ct));
    }
}
