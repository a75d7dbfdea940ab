using Niche.Bots.Incoming;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.World;
using Telegram.Bot;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Tests.Incoming;

/// <summary>What people write, as the core gets it; and what it never gets.</summary>
public sealed class MessageEventTests : AdapterTest
{
    private StandInChat _group = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _group = Server.World.Group("Painters");
        await ReceiveAllAsync();
    }

    [Fact]
    public async Task A_command_in_private()
    {
        StandInMessage said = Alice.Says("/imagine a red house --ar 3:2");
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal(("imagine", "a red house --ar 3:2"), (command.Name, command.Text));
        Assert.Equal(($"{Alice.Id}", "Alice", "de"), (command.User.Id, command.User.Name, command.User.Locale));
        Assert.Equal(("telegram", $"{Alice.Id}", ChannelKind.Private, $"{said.Id}"), (command.Place.Platform, command.Place.Channel, command.Place.Kind, command.Place.ReplyTo));
        Assert.True(command.User.ManagesChannel);
    }

    [Fact]
    public async Task A_text_in_private()
    {
        Alice.Says("hello <there>");
        Assert.Equal("hello <there>", Assert.IsType<TextEvent>(Assert.Single(await ReceiveAllAsync())).Text);
    }

    [Theory]
    [InlineData("/imagine a house", "imagine")]
    [InlineData("/imagine@niche_test_bot a house", "imagine")]
    [InlineData("/unknown@Niche_Test_Bot a house", "unknown")]
    public async Task Commands_for_the_bot_in_a_group(string text, string name)
    {
        Alice.Says(text, _group);
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal((name, "a house", ChannelKind.Group), (command.Name, command.Text, command.Place.Kind));
        Assert.Null(command.User.ManagesChannel);
    }

    [Theory]
    [InlineData("just talking")]
    [InlineData("/unknown thing of another bot")]
    [InlineData("/imagine@other_bot a house")]
    [InlineData("hello @other_bot")]
    [InlineData("mail me at a@niche_test_bot")]
    public async Task What_is_not_for_the_bot_in_a_group_is_not_heard(string text)
    {
        Alice.Says(text, _group);
        Assert.Empty(await ReceiveAllAsync());
    }

    [Fact]
    public async Task A_mention_in_a_group_is_cut_off()
    {
        Alice.Says("hey @niche_test_bot what is this?", _group);
        Assert.Equal("hey  what is this?", Assert.IsType<TextEvent>(Assert.Single(await ReceiveAllAsync())).Text);
    }

    [Fact]
    public async Task An_answer_to_the_bot_in_a_group_is_for_the_bot()
    {
        Message mine = await Client.SendMessage(_group.Id, "What shall I paint?", cancellationToken: Ct);
        Alice.Says("a boat", _group, _group.FromBot[0]);
        TextEvent text = Assert.IsType<TextEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal((true, $"{mine.Id}", "What shall I paint?"), (text.Quoted!.ByBot, text.Quoted.Id, text.Quoted.Text));
    }

    [Fact]
    public async Task A_command_that_answers_a_picture_brings_the_picture()
    {
        StandInMessage picture = Server.World.Person("Bob").SendsPhoto(TestPictures.Png(8, 8), "mine", _group);
        Alice.Says("/imagine as a drawing", _group, picture);
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Attachment file = Assert.Single(command.Quoted!.Attachments);
        Assert.Equal((picture.FileId, "image/jpeg", true), (file.Reference, file.ContentType, file.Recompressed));
        Assert.False(command.Quoted.ByBot);
    }

    [Fact]
    public async Task A_command_below_a_picture_brings_the_picture()
    {
        Alice.SendsPhoto(TestPictures.Png(8, 8), "/imagine like this");
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal("like this", command.Text);
        Assert.Single(command.Attachments);
    }

    [Fact]
    public async Task Files_keep_what_was_claimed_and_names_are_cut()
    {
        Alice.SendsDocument(new string('x', 5000) + "/../../a.png", "image/png", TestPictures.Png(8, 8), "verify", size: 30_000_000);
        Attachment file = Assert.Single(Assert.IsType<TextEvent>(Assert.Single(await ReceiveAllAsync())).Attachments);
        Assert.Equal(("image/png", 30_000_000L, false), (file.ContentType, file.Bytes, file.Recompressed));
        Assert.Equal(100, file.FileName.Length);
    }

    [Fact]
    public async Task An_album_is_one_event_however_many_pictures_it_has()
    {
        Alice.SendsPhoto(TestPictures.Png(8, 8), "/imagine like these", album: "777");
        Alice.SendsPhoto(TestPictures.Png(8, 8), album: "777");
        Alice.SendsPhoto(TestPictures.Png(8, 8), album: "777");
        IReadOnlyList<BotEvent> events = await ReceiveAllAsync();
        Assert.Single(events.Select(happened => happened.Id).Distinct());
        Assert.IsType<CommandEvent>(events[0]);
    }

    [Fact]
    public async Task In_a_forum_answers_stay_in_their_topic()
    {
        StandInMessage opening = Alice.Says("Topic", _group);
        Alice.Says("/imagine a house", _group, opening, opening.Id);
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Null(command.Quoted);
        Bots.Outgoing.MessageRef sent = await Platform.SendAsync(command.Place, new Bots.Outgoing.View { Title = "Waiting" }, true, Ct);
        Bots.Outgoing.View done = new() { Title = "Done", Pictures = [await PictureAsync("j/0.png"), await PictureAsync("j/1.png")] };
        await Platform.EditAsync(sent, done, Ct);
        Assert.Equal(3, _group.FromBot.Count);
        Assert.All(_group.FromBot, message => Assert.Equal(opening.Id, (long?)message.Json["message_thread_id"]));
    }

    [Fact]
    public async Task What_was_changed_afterwards_changes_nothing()
    {
        StandInMessage said = Alice.Says("/imagine a house");
        await ReceiveAllAsync();
        Alice.Edits(said, "/imagine a boat");
        Assert.Empty(await ReceiveAllAsync());
    }

    [Fact]
    public async Task Whoever_blocks_the_bot_has_left()
    {
        Alice.Chat.Close(Alice);
        DepartureEvent left = Assert.IsType<DepartureEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal($"{Alice.Id}", left.Place.Channel);
    }

    [Fact]
    public async Task A_group_that_moved_is_still_the_group_it_was()
    {
        StandInChat group = Server.World.Group("Old friends", "group");
        StandInChat moved = group.Migrate();
        Alice.Says("/imagine a house", moved);
        CommandEvent command = Assert.IsType<CommandEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal($"{group.Id}", command.Place.Channel);
        await Platform.SendAsync(command.Place, new Bots.Outgoing.View { Title = "Here" }, true, Ct);
        Assert.Equal("Here", Assert.Single(moved.FromBot).Text);
    }

    [Fact]
    public async Task A_group_that_moved_unseen_is_found()
    {
        StandInChat group = Server.World.Group("Old friends", "group");
        StandInChat moved = group.Migrate();
        await Platform.SendAsync(PlaceOf(group), new Bots.Outgoing.View { Title = "One" }, true, Ct);
        await Platform.SendAsync(PlaceOf(group), new Bots.Outgoing.View { Title = "Two" }, true, Ct);
        Assert.Equal(["One", "Two"], moved.FromBot.Select(message => message.Text));
        Assert.Single(Server.Journal, entry => entry.Answer.Status == 400);
    }
}
