using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Outgoing;

/// <summary>Views as Telegram shows them.</summary>
public sealed class SendTests : AdapterTest
{
    [Fact]
    public async Task Words_with_their_styles()
    {
        await SendAsync(new View
        {
            Title = "Your <picture>", Body = new RichText([new Span("by "), new Span("<b>me</b>", SpanStyle.Bold), new Span("here", SpanStyle.Link, new Uri("https://a.example/?a=1&b=\"2\""))]),
            Fields = [new ViewField("Seed", RichText.Plain("7")), new ViewField("Model", RichText.Plain("a & b"))], Footer = "small",
        });
        StandInMessage shown = Alice.Chat.FromBot.Single();
        Assert.Equal("Your <picture>\nby <b>me</b>here\n\nSeed: 7\nModel: a & b\n\nsmall", shown.Text);
        Assert.Equal(["bold", "bold", "text_link", "bold", "bold", "italic"], shown.Json["entities"]!.AsArray().Select(entity => (string)entity!["type"]!));
    }

    [Fact]
    public async Task One_picture_has_words_and_buttons_below_it()
    {
        MessageRef sent = await SendAsync(new View { Title = "Done", Pictures = [await PictureAsync("job/0.png", spoiler: true)], Buttons = [[new Button("a", "Again", Emoji: "🔁")]] });
        StandInMessage shown = Alice.Chat.FromBot.Single();
        Assert.Equal(("Done", "🔁 Again", true), (shown.Text, shown.Buttons.Single().Text, (bool?)shown.Json["has_media_spoiler"]));
        Assert.Equal($"{shown.Id}", sent.Message);
        Assert.Null(sent.Also);
    }

    [Fact]
    public async Task Four_pictures_are_an_album_and_a_message_with_the_buttons()
    {
        StandInMessage asked = Alice.Says("/imagine a house");
        View view = new() { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png"), await PictureAsync("j/2.png"), await PictureAsync("j/3.png")], Buttons = [[new Button("a", "U1")]] };
        MessageRef sent = await Platform.SendAsync(PlaceOf(Alice.Chat, asked), view, true, Ct);
        IReadOnlyList<StandInMessage> shown = Alice.Chat.FromBot;
        Assert.Equal(5, shown.Count);
        Assert.Single(shown.Take(4).Select(message => message.Album).Distinct());
        Assert.Equal(asked.Id, shown[0].ReplyTo);
        Assert.Equal(("Done", "U1"), (shown[4].Text, shown[4].Buttons.Single().Text));
        Assert.Equal($"{shown[4].Id}", sent.Message);
        Assert.Equal(shown.Take(4).Select(message => $"{message.Id}"), sent.Also);
        Assert.Equal(0, Server.Flood.Refused);
    }

    [Fact]
    public async Task An_album_is_not_sent_twice_when_its_buttons_have_to_wait()
    {
        View view = new() { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("a", "U1")]] };
        Server.Add(Trouble.Refuse("sendMessage", ApiAnswer.Flood(TimeSpan.FromSeconds(30))));
        PlatformException busy = await Assert.ThrowsAsync<PlatformException>(() => SendAsync(view));
        Assert.Equal((PlatformFault.Busy, TimeSpan.FromSeconds(30)), (busy.Fault, busy.RetryAfter!.Value));
        await RestartAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        MessageRef sent = await SendAsync(view);
        Assert.Equal(3, Alice.Chat.FromBot.Count);
        Assert.Equal(2, sent.Also!.Count);
        await SendAsync(view);
        Assert.Equal(6, Alice.Chat.FromBot.Count);
    }

    [Fact]
    public async Task What_must_arrive_as_it_is_goes_as_a_file_and_so_does_what_is_no_photo()
    {
        await SendAsync(new View { Pictures = [await PictureAsync("j/0.png", asFile: true)] });
        await SendAsync(new View { Pictures = [await PictureAsync("j/1.png", content: TestPictures.Png(2100, 100))] });
        await SendAsync(new View { Pictures = [await PictureAsync("j/2.png"), await PictureAsync("j/3.png", asFile: true)] });
        Assert.All(Alice.Chat.FromBot, message => Assert.NotNull(message.Json["document"]));
        Assert.Equal(4, Alice.Chat.FromBot.Count);
    }

    [Fact]
    public async Task Too_long_words_are_cut_in_the_body_and_nowhere_else()
    {
        await SendAsync(new View { Title = "Title", Body = RichText.Plain(new string('<', 6000)), Footer = "Footer" });
        string text = Alice.Chat.FromBot.Single().Text;
        Assert.Equal(4096, text.Length);
        Assert.StartsWith("Title\n<", text, StringComparison.Ordinal);
        Assert.EndsWith("<…\n\nFooter", text, StringComparison.Ordinal);
        await SendAsync(new View { Title = "Title", Body = RichText.Plain(new string('&', 6000)), Pictures = [await PictureAsync("j/0.png")] });
        Assert.Equal(1024, Alice.Chat.FromBot[1].Text.Length);
    }

    [Fact]
    public async Task Menus_are_buttons_and_what_cannot_be_pressed_is_not_there()
    {
        await SendAsync(new View
        {
            Title = "Choose", Menu = new Menu("m", "Model", [new MenuEntry("m.1", "one"), new MenuEntry("m.2", "two", null, true), new MenuEntry("m.3", "three")]),
            Buttons = [[new Button("x", "Gone", Disabled: true)], [new Button("", "Site", Link: new Uri("https://a.example/"))]],
        });
        Assert.Equal(["one", "✓ two", "three", "Site"], Alice.Chat.FromBot.Single().Buttons.Select(button => button.Text));
    }

    [Fact]
    public async Task An_awaited_reply_is_asked_for()
    {
        await SendAsync(new View { Title = "Edit", AwaitReply = new string('p', 100) });
        Assert.Equal(64, ((string)Server.Journal.Last().Call.Json("reply_markup")!["input_field_placeholder"]!).Length);
    }

    [Fact]
    public async Task A_message_that_is_gone_ties_nothing()
    {
        StandInMessage asked = Alice.Says("/imagine a house");
        await Platform.DeleteAsync(new MessageRef("telegram", $"{Alice.Id}", $"{asked.Id}"), Ct);
        await Platform.SendAsync(PlaceOf(Alice.Chat, asked), new View { Title = "Done" }, true, Ct);
        Assert.Null(Alice.Chat.FromBot.Single().ReplyTo);
    }

    [Fact]
    public async Task A_view_without_words_still_has_its_buttons()
    {
        await SendAsync(new View { Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")], Buttons = [[new Button("a", "U1")]] });
        await SendAsync(new View { Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")] });
        Assert.Equal(5, Alice.Chat.FromBot.Count);
    }

    [Fact]
    public async Task A_picture_that_our_store_lost_is_gone() => Assert.Equal(
        PlatformFault.Gone, (await Assert.ThrowsAsync<PlatformException>(() => SendAsync(new View { Pictures = [new Picture("images", "none.png", "a.png", "")] }))).Fault);

    private Task<MessageRef> SendAsync(View view) => Platform.SendAsync(PlaceOf(Alice.Chat), view, true, Ct);
}
