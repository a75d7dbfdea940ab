using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Outgoing;

/// <summary>Messages that become what the core wants them to be.</summary>
public sealed class EditTests : AdapterTest
{
    private static readonly View Waiting = new() { Title = "Place 3 of 7", Buttons = [[new Button("c", "Cancel")]] };

    [Fact]
    public async Task The_same_view_twice_does_nothing_and_is_no_fault()
    {
        MessageRef sent = await SendAsync(Waiting);
        await Platform.EditAsync(sent, Waiting, Ct);
        await Platform.EditAsync(sent, Waiting with { Title = "Place 2 of 7" }, Ct);
        Assert.Equal("Place 2 of 7", Alice.Chat.FromBot.Single().Text);
    }

    [Fact]
    public async Task A_text_becomes_a_picture_and_later_only_its_words_change()
    {
        View preview = Waiting with { Pictures = [await PictureAsync("j/p.png")] }, done = new() { Title = "Done", Pictures = [await PictureAsync("j/0.png", 9)] };
        MessageRef message = await Platform.EditAsync(await SendAsync(Waiting), preview, Ct);
        string? first = Alice.Chat.FromBot.Single().FileId;
        message = await Platform.EditAsync(message, done, Ct);
        string? second = Alice.Chat.FromBot.Single().FileId;
        message = await Platform.EditAsync(message, done with { Title = "Done ★" }, Ct);
        Assert.NotEqual(first, second);
        Assert.Equal(("Done ★", second), (Alice.Chat.FromBot.Single().Text, Alice.Chat.FromBot.Single().FileId));
        Assert.Equal(2, Server.Journal.Count(entry => entry.Call.Method == "editMessageMedia"));
    }

    [Fact]
    public async Task A_text_becomes_an_album_by_new_messages_at_the_same_place()
    {
        StandInMessage asked = Alice.Says("/imagine a house");
        MessageRef waiting = await Platform.SendAsync(PlaceOf(Alice.Chat, asked), Waiting, true, Ct);
        View done = new() { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("f", "Favourite")]] };
        MessageRef message = await Platform.EditAsync(waiting, done, Ct);
        Assert.Equal(3, Alice.Chat.FromBot.Count);
        Assert.Equal(asked.Id, Alice.Chat.FromBot[0].ReplyTo);
        Assert.NotEqual(waiting.Message, message.Message);
        MessageRef again = await Platform.EditAsync(message, done with { Title = "Done ★" }, Ct);
        Assert.Equal((3, "Done ★", message.Message), (Alice.Chat.FromBot.Count, Alice.Chat.FromBot[2].Text, again.Message));
        await Platform.DeleteAsync(again, Ct);
        Assert.Empty(Alice.Chat.FromBot);
    }

    [Fact]
    public async Task A_text_shows_a_picture_that_grows_and_ends_as_an_album()
    {
        View growing = Waiting with { Tone = Tone.Busy, Pictures = [await PictureAsync("j/grid-0.png")] };
        MessageRef message = await Platform.EditAsync(await SendAsync(Waiting), growing, Ct);
        message = await Platform.EditAsync(message, growing with { Title = "Place 2 of 7" }, Ct);
        message = await Platform.EditAsync(message, growing with { Pictures = [await PictureAsync("j/grid-01.png", 9)] }, Ct);
        Assert.Single(Alice.Chat.FromBot);
        Assert.Equal(2, Server.Journal.Count(entry => entry.Call.Method == "editMessageMedia"));
        await Platform.EditAsync(message, new View { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("f", "F")]] }, Ct);
        Assert.Equal(3, Alice.Chat.FromBot.Count);
        Assert.Equal("Done", Alice.Chat.FromBot[2].Text);
    }

    [Fact]
    public async Task After_a_press_too_the_whole_album_goes()
    {
        MessageRef sent = await SendAsync(new View { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("d", "Delete")]] });
        await RestartAsync();
        await Platform.DeleteAsync(new MessageRef("telegram", sent.Channel, sent.Message), Ct);
        Assert.Empty(Alice.Chat.FromBot);
    }

    [Fact]
    public async Task An_album_becomes_words()
    {
        MessageRef message = await SendAsync(new View { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("f", "F")]] });
        await Platform.EditAsync(message, new View { Title = "Removed" }, Ct);
        Assert.Equal("Removed", Alice.Chat.FromBot.Single().Text);
    }

    [Fact]
    public async Task After_a_press_too_the_words_of_a_picture_change()
    {
        MessageRef sent = await SendAsync(new View { Title = "Done", Pictures = [await PictureAsync("j/0.png")] });
        await Platform.EditAsync(sent with { Token = null }, new View { Title = "Cancelled" }, Ct);
        Assert.Equal("Cancelled", Alice.Chat.FromBot.Single().Text);
    }

    [Fact]
    public async Task What_is_gone_is_gone()
    {
        MessageRef sent = await SendAsync(Waiting);
        await Platform.DeleteAsync(sent, Ct);
        await Platform.DeleteAsync(sent, Ct);
        Assert.Equal(PlatformFault.Gone, (await Assert.ThrowsAsync<PlatformException>(() => Platform.EditAsync(sent, Waiting, Ct))).Fault);
        Assert.Equal(PlatformFault.Refused, (await Assert.ThrowsAsync<PlatformException>(() => Platform.EditAsync(new MessageRef("telegram", "here", "x"), Waiting, Ct))).Fault);
    }

    private Task<MessageRef> SendAsync(View view) => Platform.SendAsync(PlaceOf(Alice.Chat), view, true, Ct);
}
