using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Outgoing;

/// <summary>Texts that grow, and the signs that somebody is at work.</summary>
public sealed class LiveTextTests : AdapterTest
{
    [Fact]
    public async Task A_text_grows_as_a_draft_in_private_and_ends_as_a_message()
    {
        ILiveText live = Platform.OpenLiveText(PlaceOf(Alice.Chat, Alice.Says("/chat hello")))!;
        await live.UpdateAsync(RichText.Empty, Ct);
        await live.UpdateAsync(RichText.Plain("a <"), Ct);
        await live.UpdateAsync(RichText.Plain("a < b"), Ct);
        Assert.Equal(("a < b", 3), Alice.Chat.Draft);
        Assert.Single(Server.Journal.Select(entry => entry.Call.Number("draft_id")).Distinct());
        await Platform.SendAsync(PlaceOf(Alice.Chat), new View { Body = RichText.Plain("a < b") }, true, Ct);
        Assert.Equal("a < b", Assert.Single(Alice.Chat.FromBot).Text);
    }

    [Fact]
    public async Task A_server_that_knows_no_drafts_is_not_asked_again()
    {
        Server.Add(Trouble.Refuse("sendMessageDraft", new ApiAnswer(404, null, "Not Found"), 5));
        ILiveText live = Platform.OpenLiveText(PlaceOf(Alice.Chat))!;
        await live.UpdateAsync(RichText.Plain("a"), Ct);
        await live.UpdateAsync(RichText.Plain("ab"), Ct);
        Assert.Single(Server.Journal);
    }

    [Fact]
    public async Task A_sign_that_is_not_seen_stops_nobody()
    {
        Server.Add(Trouble.Refuse("sendChatAction", ApiAnswer.Flood(TimeSpan.FromSeconds(5))));
        await Platform.ShowBusyAsync(PlaceOf(Alice.Chat), false, Ct);
        Alice.Chat.Close(Alice);
        Assert.Equal(PlatformFault.Gone, (await Assert.ThrowsAsync<PlatformException>(() => Platform.ShowBusyAsync(PlaceOf(Alice.Chat), false, Ct))).Fault);
    }

    [Fact]
    public void There_are_no_drafts_in_groups() => Assert.Null(Platform.OpenLiveText(PlaceOf(Server.World.Group("Painters"))));

    [Fact]
    public async Task Somebody_is_at_work()
    {
        StandInChat group = Server.World.Group("Painters");
        await Platform.ShowBusyAsync(PlaceOf(group), true, Ct);
        await Platform.ShowBusyAsync(PlaceOf(Alice.Chat), false, Ct);
        Assert.Equal((1, 1), (group.Actions, Alice.Chat.Actions));
        Assert.Equal(["upload_photo", "typing"], Server.Journal.Select(entry => entry.Call.Text("action")));
    }

    [Fact]
    public async Task Administrators_manage_a_group_and_everybody_their_private_chat()
    {
        StandInChat group = Server.World.Group("Painters");
        Assert.False(await Platform.ManagesAsync(PlaceOf(group), $"{Alice.Id}", Ct));
        group.Administrators.Add(Alice.Id);
        Assert.True(await Platform.ManagesAsync(PlaceOf(group), $"{Alice.Id}", Ct));
        Assert.True(await Platform.ManagesAsync(PlaceOf(Alice.Chat), $"{Alice.Id}", Ct));
        Assert.False(await Platform.ManagesAsync(PlaceOf(group), "nobody", Ct));
    }
}
