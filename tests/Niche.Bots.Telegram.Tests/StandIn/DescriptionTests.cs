using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.StandIn;

/// <summary>The server holds every call against the official description.</summary>
public sealed class DescriptionTests : StandInTest
{
    private static readonly HttpClient Http = new();

    protected override bool MayFault => true;

    public override async ValueTask InitializeAsync()
    {
        if (Description is null) Assert.Skip("The official description specs/telegram-bot-api.json is not on this machine; NICHE_SHARED names its folder.");
        await base.InitializeAsync();
    }

    [Theory]
    [InlineData("sendMessage", """{"chat_id":1}""", "text is missing")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"a","colour":"red"}""", "no parameter colour")]
    [InlineData("sendMessage", """{"chat_id":1,"text":7}""", "text is no text")]
    [InlineData("sendMessage", """{"chat_id":true,"text":"a"}""", "chat_id")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"a","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":7}]]}}""", "callback_data is no text")]
    [InlineData("sendMessage", """{"chat_id":1,"text":"a","reply_markup":{"inline_keyboard":[[{"text":"a","data":"x"}]]}}""", "data is no member of InlineKeyboardButton")]
    [InlineData("answerCallbackQuery", """{"callback_query_id":"1","show_alert":"yes"}""", "show_alert is not true or false")]
    [InlineData("answerInlineQuery", """{"inline_query_id":"1","results":[{"type":"article","id":"1","title":"a"}]}""", "input_message_content of InlineQueryResultArticle is missing")]
    [InlineData("setMyCommands", """{"commands":[{"command":"a"}]}""", "description of BotCommand is missing")]
    [InlineData("sendMediaGroup", """{"chat_id":1,"media":[{"type":"photo","media":"a"}]}""", "not 2-10")]
    [InlineData("sendMediaGroup", """{"chat_id":1,"media":[{"type":"photo","media":"attach://a"},{"type":"photo","media":"attach://b"}]}""", "a was not attached")]
    [InlineData("sendEverything", "{}", "no method sendEverything")]
    public async Task What_the_description_does_not_allow_is_refused(string method, string body, string reason)
    {
        (int status, JsonNode answer) = await CallAsync(method, JsonContent.Create(JsonNode.Parse(body)));
        Assert.Equal(400, status);
        Assert.Contains(reason, (string?)answer["description"], StringComparison.Ordinal);
        Assert.Contains(Server.Faults, fault => fault.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Forms_are_held_against_it_as_well()
    {
        using FormUrlEncodedContent good = new([new("chat_id", "1"), new("action", "typing")]);
        using FormUrlEncodedContent bad = new([new("chat_id", "1"), new("action", "typing"), new("message_thread_id", "first")]);
        Assert.Contains("chat not found", (string?)(await CallAsync("sendChatAction", good)).Answer["description"], StringComparison.Ordinal);
        Assert.Empty(Server.Faults);
        Assert.Contains("message_thread_id", (string?)(await CallAsync("sendChatAction", bad)).Answer["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_no_parameter_takes_is_refused()
    {
        using MultipartFormDataContent form = new() { { new StringContent("1"), "chat_id" }, { new StringContent("a"), "text" }, { new ByteArrayContent([1]), "surprise", "a.bin" } };
        Assert.Contains("does not use the file surprise", (string?)(await CallAsync("sendMessage", form)).Answer["description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Updates_are_what_the_description_calls_updates()
    {
        StandInPerson alice = Server.World.Person("Alice <b>", "pt-br"), bob = Server.World.Person("\u202EBob", null);
        StandInChat group = Server.World.Group("Painters", "group");
        StandInMessage said = alice.Says("/imagine@niche_test_bot a house @bob https://example.org", group);
        bob.Says("nice", group, said);
        alice.SendsPhoto(TestPictures.Png(8, 8), "like this");
        alice.SendsDocument("../../etc/passwd", "image/png", TestPictures.Png(8, 8), size: 50_000_000);
        alice.Edits(said, "/imagine a boat");
        alice.PressesData(said, "data");
        alice.Asks("a house");
        alice.Picks("a house", new JsonObject { ["id"] = "1", ["reply_markup"] = JsonNode.Parse("""{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}""") });
        alice.Chat.Close(alice);
        group.Migrate();
        JsonArray updates = (await CallAsync("getUpdates", JsonContent.Create(new { limit = 100 }))).Answer["result"]!.AsArray();
        Assert.Equal(11, updates.Count);
        Assert.Empty(Server.Faults);
    }

    private async Task<(int Status, JsonNode Answer)> CallAsync(string method, HttpContent content)
    {
        using HttpResponseMessage answer = await Http.PostAsync(new Uri(Server.Url, $"/bot{Server.Token}/{method}"), content, Ct);
        return ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonNode>(Ct))!);
    }
}
