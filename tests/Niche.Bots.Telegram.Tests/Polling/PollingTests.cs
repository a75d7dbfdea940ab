using Niche.Bots.Incoming;
using Niche.Bots.Telegram.Polling;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.World;
using Telegram.Bot;

namespace Niche.Bots.Telegram.Tests.Polling;

/// <summary>Long polling: nothing lost, and nothing taken in twice without need.</summary>
public sealed class PollingTests : AdapterTest
{
    [Fact]
    public async Task Updates_are_taken_in_and_confirmed_in_order()
    {
        UpdatePoller poller = await StartAsync();
        for (int i = 0; i < 250; i++) Alice.Says($"{i}");
        IReadOnlyList<BotEvent> events = await Desk.UntilAsync(251, Ct);
        await poller.StopAsync(Ct);
        Assert.Equal(Enumerable.Range(0, 250).Select(i => $"{i}"), events.OfType<TextEvent>().Select(text => text.Text));
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_nothing_and_repeats_nothing_that_was_kept()
    {
        UpdatePoller poller = await StartAsync();
        Alice.Says("one");
        await Desk.UntilAsync(2, Ct);
        await WhenKeptAsync();
        await poller.StopAsync(Ct);
        Alice.Says("two");
        await RestartAsync();
        poller = await StartAsync();
        await Desk.UntilAsync(3, Ct);
        await poller.StopAsync(Ct);
        Assert.Equal(["one", "two"], Desk.Events.OfType<TextEvent>().Select(text => text.Text));
    }

    [Fact]
    public async Task What_storage_could_not_take_comes_again()
    {
        Desk.Failures = 3;
        UpdatePoller poller = await StartAsync();
        Alice.Says("one");
        await Desk.UntilAsync(2, Ct);
        await poller.StopAsync(Ct);
        Assert.Contains(Desk.Events, happened => happened is TextEvent { Text: "one" });
    }

    [Fact]
    public async Task A_webhook_stays_unless_told_otherwise()
    {
        await Client.SetWebhook("http://127.0.0.1:9/", cancellationToken: Ct);
        UpdatePoller poller = await StartAsync();
        await poller.StopAsync(Ct);
        Assert.NotNull(Server.Webhook);
        await Client.DeleteWebhook(cancellationToken: Ct);
    }

    [Fact]
    public async Task An_offset_of_long_ago_is_forgotten()
    {
        OffsetStore offsets = new(Storage.Tables, Client, Time);
        await offsets.WriteAsync(int.MaxValue, Ct);
        Assert.Equal(int.MaxValue, await offsets.ReadAsync(Ct));
        Time.Advance(TimeSpan.FromDays(4));
        Assert.Null(await offsets.ReadAsync(Ct));
    }

    [Fact]
    public async Task Ten_thousand_updates_in_a_burst_are_taken_in_once_each()
    {
        StandInPerson[] people = [.. Enumerable.Range(0, 200).Select(i => Server.World.Person($"Person {i}"))];
        for (int i = 0; i < 10_000; i++) people[i % people.Length].Says($"{i}");
        UpdatePoller poller = await StartAsync();
        await Desk.UntilAsync(10_001, Ct);
        await poller.StopAsync(Ct);
        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"{i}").Order(StringComparer.Ordinal), Desk.Events.OfType<TextEvent>().Select(text => text.Text).Order(StringComparer.Ordinal));
        Assert.All(Desk.Times, times => Assert.Equal(1, times.Value));
    }

    private async Task<UpdatePoller> StartAsync()
    {
        UpdatePoller poller = Poller();
        await poller.StartAsync(Ct);
        return poller;
    }

    // The last updates are kept when the offset is; the server hears of it with the next poll.
    private async Task WhenKeptAsync()
    {
        OffsetStore offsets = new(Storage.Tables, Client, Time);
        while (await offsets.ReadAsync(Ct) is not { } next || Server.Feed.Waiting > 0 || next == 0) await Task.Delay(10, Ct);
    }
}
