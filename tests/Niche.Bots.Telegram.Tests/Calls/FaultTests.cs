using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Calls;

/// <summary>Failures of the Bot API as faults that the core knows.</summary>
public sealed class FaultTests : AdapterTest
{
    private static readonly View Hello = new() { Title = "Hello" };

    [Theory]
    [InlineData(429, "Too Many Requests: retry after 7", PlatformFault.Busy)]
    [InlineData(403, "Forbidden: bot was blocked by the user", PlatformFault.Gone)]
    [InlineData(403, "Forbidden: user is deactivated", PlatformFault.Gone)]
    [InlineData(400, "Bad Request: not enough rights to send photos to the chat", PlatformFault.Forbidden)]
    [InlineData(400, "Bad Request: chat not found", PlatformFault.Gone)]
    [InlineData(400, "Bad Request: can't parse entities", PlatformFault.Refused)]
    [InlineData(413, "Request Entity Too Large", PlatformFault.TooLarge)]
    [InlineData(500, "Internal Server Error", PlatformFault.Unavailable)]
    [InlineData(401, "Unauthorized", PlatformFault.Refused)]
    public async Task Refusals(int status, string words, PlatformFault fault)
    {
        Server.Add(Trouble.Refuse("sendMessage", new ApiAnswer(status, null, words, status == 429 ? 7 : null)));
        PlatformException e = await SendFailsAsync();
        Assert.Equal((fault, status == 429 ? TimeSpan.FromSeconds(7) : (TimeSpan?)null), (e.Fault, e.RetryAfter));
    }

    [Theory]
    [InlineData(TroubleKind.BreakBefore)]
    [InlineData(TroubleKind.LoseAnswer)]
    [InlineData(TroubleKind.Garbage)]
    public async Task A_bad_connection(TroubleKind kind)
    {
        Server.Add(new Trouble(call => call.Method == "sendMessage", kind));
        Assert.Equal(PlatformFault.Unavailable, (await SendFailsAsync()).Fault);
    }

    [Fact]
    public async Task Faults_do_not_tell_the_token_or_what_people_wrote()
    {
        foreach (TroubleKind kind in new[] { TroubleKind.BreakBefore, TroubleKind.LoseAnswer, TroubleKind.Garbage })
        {
            Server.Add(new Trouble(call => call.Method == "sendMessage", kind));
            string told = (await SendFailsAsync()).ToString();
            Assert.DoesNotContain(Server.Token, told, StringComparison.Ordinal);
            Assert.DoesNotContain("Hello", told, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_storm_of_refusals_is_sat_out()
    {
        Server.Add(Trouble.Refuse("sendMessage", ApiAnswer.Flood(TimeSpan.FromSeconds(60)), 100));
        StandInChat group = Server.World.Group("Painters");
        Assert.Equal(TimeSpan.FromSeconds(60), (await SendFailsAsync(group)).RetryAfter);
        // As often as the core may come back before the time: Telegram hears of none of it.
        for (int i = 0; i < 50; i++) Assert.Equal(PlatformFault.Busy, (await SendFailsAsync(group)).Fault);
        Assert.Single(Server.Journal, entry => entry.Call.Method == "sendMessage");
    }

    [Fact]
    public async Task The_limits_of_the_server_are_never_met()
    {
        StandInChat group = Server.World.Group("Painters");
        int sent = 0, told = 0;
        for (int i = 0; i < 60; i++)
        {
            try
            {
                await Platform.SendAsync(PlaceOf(group), Hello, true, Ct);
                sent++;
            }
            catch (PlatformException e) when (e.Fault == PlatformFault.Busy)
            {
                told++;
                Time.Advance(e.RetryAfter!.Value);
            }
        }

        Assert.Equal((0, 0), (Server.Flood.Refused, Server.Flood.Impatient));
        Assert.True(sent >= 50 && told > 0, $"{sent} sent, {told} told to wait");
    }

    private async Task<PlatformException> SendFailsAsync(StandInChat? chat = null) =>
        await Assert.ThrowsAsync<PlatformException>(() => Platform.SendAsync(PlaceOf(chat ?? Alice.Chat), Hello, true, Ct));
}
