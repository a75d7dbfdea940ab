using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Interactions;

public sealed class EventTests : EndpointTest
{
    [Fact]
    public async Task A_slash_command_comes_with_its_options_as_invariant_text_and_its_files()
    {
        StandInChannel channel = Discord.World.AddChannel(isNsfw: true);
        channel.AttachmentLimit = 25_000_000;
        StandInFile file = Discord.World.AddFile("../../näme .png", "image/png", [1, 2, 3]);
        OpenInteraction asked = await SendAsync(Discord.Make.Command(
            Anna, channel, "imagine", ("prompt", "ein Haus"), ("count", 4), ("guidance", 7.5), ("private", true), ("seed", 9007199254740991L), ("image", file)));
        CommandEvent happened = Assert.IsType<CommandEvent>(Assert.Single(Desk.Events));
        Assert.Equal("imagine", happened.Name);
        Assert.Equal(
            new Dictionary<string, string> { ["prompt"] = "ein Haus", ["count"] = "4", ["guidance"] = "7.5", ["private"] = "true", ["seed"] = "9007199254740991" }, happened.Options);
        Assert.Equal(new Attachment(file.Url, "../../näme .png", "image/png", 3, "image"), Assert.Single(happened.Attachments));
        Assert.Equal(asked.Id.ToString(CultureInfo.InvariantCulture), happened.Id);
        Assert.Equal(new BotUser("101", "Anna", "de", false), happened.User);
        Place place = happened.Place;
        Assert.Equal(("discord", $"{channel.Id}", null, $"{channel.Guild}"), (place.Platform, place.Channel, place.Thread, place.Guild));
        Assert.Equal((ChannelKind.Group, true, 25_000_000), (place.Kind, place.AgeRestricted, place.MaxUploadBytes));
        Assert.Equal(asked.At, happened.At, TimeSpan.FromSeconds(5));
        Assert.Equal(happened.At + TimeSpan.FromMinutes(15), place.TokenUntil);
        Assert.Equal("""{"type":5}""", asked.Callback!.ToJsonString());
    }

    [Fact]
    public async Task An_event_survives_the_queue_in_less_than_its_64_KiB()
    {
        await SendAsync(Discord.Make.Command(Anna, Discord.World.AddChannel(), "imagine", ("prompt", new string('я', 6000))));
        string json = JsonSerializer.Serialize<BotEvent>(Assert.Single(Desk.Events));
        Assert.True(json.Length < 48 * 1024, $"{json.Length} bytes");
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<BotEvent>(json)));
    }

    [Fact]
    public async Task A_private_chat_is_private_and_whoever_is_in_it_manages_it()
    {
        await SendAsync(Discord.Make.Command(Anna, Discord.World.AddPrivate(), "help"));
        BotEvent happened = Assert.Single(Desk.Events);
        Assert.Equal((ChannelKind.Private, null, true), (happened.Place.Kind, happened.Place.Guild, happened.User.ManagesChannel));
    }

    [Theory]
    [InlineData(1UL << 3, true)]
    [InlineData(1UL << 4, true)]
    [InlineData(1UL << 5, true)]
    [InlineData(1UL << 31, false)]
    public async Task Who_administers_or_manages_the_server_or_channel_manages(ulong permissions, bool expected)
    {
        await SendAsync(Discord.Make.Command(Anna with { Permissions = permissions }, Discord.World.AddChannel(), "settings"));
        Assert.Equal(expected, Assert.Single(Desk.Events).User.ManagesChannel);
    }

    [Fact]
    public async Task A_thread_is_a_thread_of_its_channel()
    {
        StandInChannel channel = Discord.World.AddChannel();
        StandInChannel thread = Discord.World.AddChannel(parent: channel);
        await SendAsync(Discord.Make.Command(Anna, thread, "chat", ("text", "hello")));
        Place place = Assert.Single(Desk.Events).Place;
        Assert.Equal(($"{channel.Id}", $"{thread.Id}"), (place.Channel, place.Thread));
    }

    [Fact]
    public async Task Typing_is_answered_by_suggestions_and_too_long_ones_are_left_out()
    {
        Desk.Say(new Acknowledgement.Suggest([.. Enumerable.Range(0, 40).Select(i => $"model {i}"), new string('x', 101), ""]));
        OpenInteraction typing = await SendAsync(Discord.Make.Typing(Anna, Discord.World.AddChannel(), "imagine", "model", ("prompt", "a house"), ("model", "mod")));
        SuggestEvent happened = Assert.IsType<SuggestEvent>(Assert.Single(Desk.Events));
        Assert.Equal(("imagine", "model", "mod"), (happened.Command, happened.Option, happened.Typed));
        JsonArray choices = typing.Callback!["data"]!["choices"]!.AsArray();
        Assert.Equal(25, choices.Count);
        Assert.Equal("model 0", (string?)choices[0]!["value"]);
    }

    [Fact]
    public async Task A_desk_with_no_suggestions_still_answers_typing()
    {
        Desk.Say(new Acknowledgement.Nothing());
        OpenInteraction typing = await SendAsync(Discord.Make.Typing(Anna, Discord.World.AddChannel(), "imagine", "model", ("model", "")));
        Assert.Empty(typing.Callback!["data"]!["choices"]!.AsArray());
    }

    [Fact]
    public async Task A_private_answer_is_deferred_for_one_reader()
    {
        Desk.Say(new Acknowledgement.Later(true));
        OpenInteraction asked = await SendAsync(Discord.Make.Command(Anna, Discord.World.AddChannel(), "history"));
        Assert.True(asked.Original!.IsEphemeral);
    }

    [Fact]
    public async Task A_button_comes_with_its_message_and_changes_it_in_place()
    {
        (StandInMessage message, _) = await AnswerAsync(new View { Body = RichText.Plain("Choose"), Buttons = [[new Button("u1", "U1")]] });
        Desk.Say(new Acknowledgement.InPlace());
        OpenInteraction press = await SendAsync(Discord.Make.Press(Boris, message, "u1"));
        ButtonEvent happened = Assert.IsType<ButtonEvent>(Desk.Events.Last());
        Assert.Equal(("u1", $"{message.Id}", "102"), (happened.ButtonId, happened.Message.Message, happened.User.Id));
        Assert.Equal(6, (int)press.Callback!["type"]!);
    }

    [Fact]
    public async Task A_choice_from_a_list_comes_as_the_entry()
    {
        Menu menu = new("menu", "Model", [new MenuEntry("m1", "One"), new MenuEntry("m2", "Two", "The second", true)]);
        (StandInMessage message, _) = await AnswerAsync(new View { Title = "Settings", Menu = menu });
        await SendAsync(Discord.Make.Press(Anna, message, "menu", "m2"));
        Assert.Equal("m2", Assert.IsType<ButtonEvent>(Desk.Events.Last()).ButtonId);
    }

    [Fact]
    public async Task A_form_is_shown_prefilled_and_comes_back_with_what_was_entered()
    {
        (StandInMessage message, _) = await AnswerAsync(new View { Body = RichText.Plain("Done"), Buttons = [[new Button("edit", "Edit")]] });
        Form form = new("form-1", "Edit the picture, whose title is far too long for Discord to show",
            [new FormField("prompt", "Prompt", "a house", Multiline: true, Required: true, MaxLength: 4000), new FormField("seed", "Seed", "7", Placeholder: "random")]);
        Desk.Say(new Acknowledgement.Ask(form));
        OpenInteraction press = await SendAsync(Discord.Make.Press(Anna, message, "edit"));
        JsonObject shown = press.Callback!["data"]!.AsObject();
        Assert.Equal("a house", (string?)shown["components"]![0]!["component"]!["value"]);
        Desk.Say(new Acknowledgement.Later(false));
        await SendAsync(Discord.Make.Submit(Anna, press, ("prompt", "a ship")));
        FormEvent happened = Assert.IsType<FormEvent>(Desk.Events.Last());
        Assert.Equal("form-1", happened.FormId);
        Assert.Equal(new Dictionary<string, string> { ["prompt"] = "a ship", ["seed"] = "7" }, happened.Values);
        Assert.Equal($"{message.Id}", happened.Message!.Message);
    }

    [Fact]
    public async Task A_message_command_quotes_our_message_with_the_pictures_of_its_gallery()
    {
        await Blobs.PutAsync("images", "j/0.png", new byte[] { 1, 2, 3 }, "image/png", Ct);
        (StandInMessage message, _) = await AnswerAsync(new View { Body = RichText.Plain("Here"), Pictures = [new Picture("images", "j/0.png", "a.png", "a house")] });
        await SendAsync(Discord.Make.MessageCommand(Boris, Discord.World.Channels[message.Channel], "Vary", message));
        MessageCommandEvent happened = Assert.IsType<MessageCommandEvent>(Desk.Events.Last());
        Assert.Equal(("Vary", $"{message.Id}", true), (happened.Name, happened.Target.Id, happened.Target.ByBot));
        Assert.Equal(message.Files[0].Url, Assert.Single(happened.Target.Attachments).Reference);
        Assert.Equal($"{message.Id}", happened.Place.ReplyTo);
    }

    [Fact]
    public async Task A_message_command_quotes_the_message_of_a_stranger()
    {
        StandInChannel channel = Discord.World.AddChannel();
        JsonObject target = new()
        {
            ["id"] = "77", ["channel_id"] = $"{channel.Id}", ["type"] = 0, ["content"] = new string('x', 6000), ["author"] = MessageJson.User(55, "Eve"), ["flags"] = 0,
            ["attachments"] = new JsonArray(MessageJson.Attachment(Discord.World.AddFile("cat.jpg", "image/jpeg", [9]))), ["components"] = new JsonArray(),
        };
        await SendAsync(Discord.Make.MessageCommand(Anna, channel, "Verify", target));
        QuotedMessage quoted = Assert.IsType<MessageCommandEvent>(Assert.Single(Desk.Events)).Target;
        Assert.False(quoted.ByBot);
        Assert.Equal(4000, quoted.Text.Length);
        Assert.Equal("cat.jpg", Assert.Single(quoted.Attachments).FileName);
    }

    [Fact]
    public async Task Nothing_to_say_is_said_with_202()
    {
        Desk.Say(new Acknowledgement.Nothing());
        Assert.Equal(202, (await Discord.Sender.SendAsync(Address, Discord.Make.Command(Anna, Discord.World.AddChannel(), "help"), Ct)).Status);
    }

    private async Task<(StandInMessage Message, Place Place)> AnswerAsync(View view)
    {
        Desk.Say(new Acknowledgement.Later(false));
        OpenInteraction asked = await SendAsync(Discord.Make.Command(Anna, Discord.World.AddChannel(), "imagine"));
        Place place = Desk.Events.Last().Place;
        await Platform.SendAsync(place, view, true, Ct);
        return (asked.Original!, place);
    }
}
