using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Flood;
using Niche.TelegramStandIn.World;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Tests.StandIn;

/// <summary>The limits on sending, and the limits of time.</summary>
public sealed class FloodTests : StandInTest
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));

    protected override StandInOptions Options => new(new FloodLimits(), _time, Description);

    [Fact]
    public async Task One_message_a_second_in_a_chat()
    {
        StandInPerson alice = Started("Alice"), bob = Started("Bob");
        await SendAsync(alice.Id);
        Assert.Equal(1, await WaitOfAsync(alice.Id));
        await SendAsync(bob.Id);
        Assert.Equal(1, await WaitOfAsync(alice.Id));
        Assert.Equal(1, Server.Flood.Impatient);
        _time.Advance(TimeSpan.FromSeconds(1));
        await SendAsync(alice.Id);
    }

    [Fact]
    public async Task Twenty_messages_a_minute_in_a_group()
    {
        StandInChat group = Server.World.Group("Painters");
        for (int i = 0; i < 20; i++)
        {
            await SendAsync(group.Id);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(40, await WaitOfAsync(group.Id));
        _time.Advance(TimeSpan.FromSeconds(40));
        await SendAsync(group.Id);
    }

    [Fact]
    public async Task Thirty_messages_a_second_in_all()
    {
        for (int i = 0; i < 30; i++) await SendAsync(Started($"Person {i}").Id);
        Assert.Equal(1, await WaitOfAsync(Started("One more").Id));
    }

    [Fact]
    public async Task A_press_is_answered_soon_or_never()
    {
        StandInPerson alice = Started("Alice");
        StandInQuery press = alice.PressesData(alice.Says("x"), "data");
        _time.Advance(TimeSpan.FromSeconds(16));
        ApiRequestException e = await Assert.ThrowsAsync<ApiRequestException>(() => Client.AnswerCallbackQuery(press.Id, cancellationToken: Ct));
        Assert.Contains("query is too old", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_older_than_two_days_stay()
    {
        Message sent = await SendAsync(Started("Alice").Id);
        _time.Advance(TimeSpan.FromHours(49));
        await Assert.ThrowsAsync<ApiRequestException>(() => Client.DeleteMessage(sent.Chat.Id, sent.Id, Ct));
    }

    private StandInPerson Started(string name)
    {
        StandInPerson person = Server.World.Person(name);
        person.Says("/start");
        return person;
    }

    private Task<Message> SendAsync(long chat) => Client.SendMessage(chat, "hello", cancellationToken: Ct);

    private async Task<int?> WaitOfAsync(long chat) => (await Assert.ThrowsAsync<ApiRequestException>(() => SendAsync(chat))).Parameters?.RetryAfter;
}
