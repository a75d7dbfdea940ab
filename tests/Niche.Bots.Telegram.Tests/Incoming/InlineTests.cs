using System.Text.Json.Nodes;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Incoming;

/// <summary><c>@bot prompt</c> in any chat.</summary>
public sealed class InlineTests : AdapterTest
{
    private static readonly InlineAnswer Offer = new(
        "v1.x", "Paint it", "a <house>", new View { Body = RichText.Plain("Painting: a <house>"), Buttons = [[new Button("v1.b", "Stop")]] });

    private readonly Dictionary<string, string?> _settings = [];

    protected override IReadOnlyDictionary<string, string?> Settings => _settings;

    [Fact]
    public async Task A_query_is_answered_and_the_choice_becomes_a_message_that_is_edited_to_the_picture()
    {
        StandInChat uploads = await UploadChatAsync();
        Desk.Answer = happened => happened is InlineEvent ? new Acknowledgement.Inline([Offer]) : new Acknowledgement.Nothing();
        StandInQuery query = Alice.Asks("a <house>");
        await ReceiveAllAsync();
        ApiCall answer = await query.Answer;
        JsonObject result = answer.Json("results")!.AsArray()[0]!.AsObject();
        Assert.Equal("Painting: a &lt;house&gt;", (string?)result["input_message_content"]!["message_text"]);
        Alice.Picks("a <house>", result);
        InlineChosenEvent chosen = Assert.IsType<InlineChosenEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal(("v1.x", "a <house>", ChannelKind.Inline, ""), (chosen.AnswerId, chosen.Query, chosen.Place.Kind, chosen.Place.Channel));
        View done = new() { Title = "Done", Pictures = [await PictureAsync("job/0.png")], Buttons = [[new Button("v1.b", "Again")]] };
        await Platform.EditAsync(chosen.Message, done, Ct);
        await Platform.EditAsync(chosen.Message, done, Ct);
        StandInMessage shown = Assert.Single(Server.World.Elsewhere.Messages);
        Assert.Equal(("Done", "Again"), (shown.Text, shown.Buttons.Single().Text));
        Assert.NotNull(shown.FileId);
        Assert.Empty(uploads.FromBot);
    }

    [Fact]
    public async Task What_cannot_be_shown_there_goes_to_the_private_chat()
    {
        await UploadChatAsync();
        Alice.Picks("a house", new JsonObject { ["id"] = "v1.x", ["reply_markup"] = JsonNode.Parse("""{"inline_keyboard":[[{"text":"Info","callback_data":"v1.i"}]]}""") });
        await ReceiveAllAsync();
        Alice.Presses(Server.World.Elsewhere.Messages[0], "Info");
        ButtonEvent pressed = Assert.IsType<ButtonEvent>(Assert.Single(await ReceiveAllAsync()));
        Assert.Equal("", pressed.Message.Channel);
        await Platform.SendAsync(pressed.Place, new View { Title = "Seed 7" }, true, Ct);
        Assert.Equal("Seed 7", Assert.Single(Alice.Chat.FromBot).Text);
    }

    [Fact]
    public async Task Deleting_empties_the_message()
    {
        Alice.Picks("a house", new JsonObject { ["id"] = "v1.x", ["reply_markup"] = JsonNode.Parse("""{"inline_keyboard":[[{"text":"Delete","callback_data":"v1.d"}]]}""") });
        InlineChosenEvent chosen = Assert.IsType<InlineChosenEvent>((await ReceiveAllAsync())[^1]);
        await Platform.DeleteAsync(chosen.Message, Ct);
        Assert.Equal(("…", 0), (Server.World.Elsewhere.Messages[0].Text, Server.World.Elsewhere.Messages[0].Buttons.Count));
    }

    [Fact]
    public async Task Without_a_place_for_uploads_the_private_chat_is_offered()
    {
        StandInQuery query = Alice.Asks("a house");
        Assert.DoesNotContain(await ReceiveAllAsync(), happened => happened is InlineEvent);
        ApiCall answer = await query.Answer;
        Assert.Empty(answer.Json("results")!.AsArray());
        Assert.Equal("@niche_test_bot", (string?)answer.Json("button")!["text"]);
    }

    private async Task<StandInChat> UploadChatAsync()
    {
        StandInChat uploads = Server.World.Group("Uploads");
        _settings["Telegram:UploadChat"] = $"{uploads.Id}";
        await RestartAsync();
        await ReceiveAllAsync();
        return uploads;
    }
}
