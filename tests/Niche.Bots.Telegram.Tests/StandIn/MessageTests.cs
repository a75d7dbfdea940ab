using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;
using Telegram.Bot.Types.Enums;
using Telegram.Bot.Types.ReplyMarkups;

namespace Niche.Bots.Telegram.Tests.StandIn;

/// <summary>Sending, editing and deleting as the Bot API does it, seen through the client that the adapter uses.</summary>
public sealed class MessageTests : StandInTest
{
    private StandInPerson _alice = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _alice = Server.World.Person("Alice");
        _alice.Says("/start");
    }

    [Fact]
    public async Task A_message_arrives_with_its_buttons()
    {
        Message sent = await Client.SendMessage(
            _alice.Id, "<b>Hello</b>", ParseMode.Html, replyMarkup: new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("Again", "again")), cancellationToken: Ct);
        StandInMessage seen = Assert.Single(_alice.Chat.FromBot);
        Assert.Equal(("Hello", sent.Id, "again"), (seen.Text, seen.Id, seen.Buttons.Single().Data));
    }

    [Fact]
    public async Task Limits_of_texts_count_characters_after_parsing()
    {
        await Client.SendMessage(_alice.Id, $"<b>{new string('x', 4096)}</b>", ParseMode.Html, cancellationToken: Ct);
        await RefusedAsync("message is too long", () => Client.SendMessage(_alice.Id, new string('x', 4097), cancellationToken: Ct));
        await RefusedAsync("message text is empty", () => Client.SendMessage(_alice.Id, "<b> </b>", ParseMode.Html, cancellationToken: Ct));
        await RefusedAsync("message caption is too long", () => Client.SendPhoto(_alice.Id, Photo(8, 8), new string('x', 1025), cancellationToken: Ct));
        await RefusedAsync("Unsupported start tag", () => Client.SendMessage(_alice.Id, "1 <2 and 3> 1", ParseMode.Html, cancellationToken: Ct));
    }

    [Fact]
    public async Task Callback_data_has_64_bytes()
    {
        Task SendAsync(string data) => Client.SendMessage(_alice.Id, "x", replyMarkup: new InlineKeyboardMarkup(InlineKeyboardButton.WithCallbackData("x", data)), cancellationToken: Ct);
        await SendAsync(new string('é', 32));
        await Assert.ThrowsAsync<ApiRequestException>(() => SendAsync(new string('é', 33)));
        while (Server.Faults.TryDequeue(out _)) { }
    }

    [Fact]
    public async Task An_album_is_one_of_2_to_10_pictures_and_has_no_buttons()
    {
        Message[] album = await Client.SendMediaGroup(_alice.Id, [Media("a", "first"), Media("b", null)], cancellationToken: Ct);
        Assert.Equal(2, album.Length);
        Assert.Single(_alice.Chat.FromBot.Select(message => message.Album).Distinct());
        Assert.Equal(["first", ""], _alice.Chat.FromBot.Select(message => message.Text));
    }

    [Theory]
    [InlineData(100, 1, "PHOTO_INVALID_DIMENSIONS")]
    [InlineData(21, 1, "PHOTO_INVALID_DIMENSIONS")]
    [InlineData(9000, 1001, "PHOTO_INVALID_DIMENSIONS")]
    public async Task Photos_have_limits_on_their_sides(int width, int height, string reason) =>
        await RefusedAsync(reason, () => Client.SendPhoto(_alice.Id, Photo(width, height), cancellationToken: Ct));

    [Fact]
    public async Task Photos_have_a_limit_on_their_bytes_and_must_be_pictures()
    {
        await RefusedAsync("too big for a photo", () => Client.SendPhoto(_alice.Id, InputFile.FromStream(new MemoryStream([.. TestPictures.Png(8, 8), .. new byte[10_000_000]]), "a.png"), cancellationToken: Ct));
        await RefusedAsync("IMAGE_PROCESS_FAILED", () => Client.SendPhoto(_alice.Id, InputFile.FromStream(new MemoryStream("GIF89a and more"u8.ToArray()), "a.png"), cancellationToken: Ct));
        await Client.SendDocument(_alice.Id, InputFile.FromStream(new MemoryStream("any bytes"u8.ToArray()), "a.bin"), cancellationToken: Ct);
    }

    [Fact]
    public async Task Edits_must_change_something_that_is_there()
    {
        Message text = await Client.SendMessage(_alice.Id, "one", cancellationToken: Ct), photo = await Client.SendPhoto(_alice.Id, Photo(8, 8), "caption", cancellationToken: Ct);
        await RefusedAsync("message is not modified", () => Client.EditMessageText(_alice.Id, text.Id, "one", cancellationToken: Ct));
        await RefusedAsync("message to edit not found", () => Client.EditMessageText(_alice.Id, 777, "two", cancellationToken: Ct));
        await RefusedAsync("message can't be edited", () => Client.EditMessageText(_alice.Id, 1, "two", cancellationToken: Ct));
        await RefusedAsync("no text in the message to edit", () => Client.EditMessageText(_alice.Id, photo.Id, "two", cancellationToken: Ct));
        await RefusedAsync("no caption in the message to edit", () => Client.EditMessageCaption(_alice.Id, text.Id, "two", cancellationToken: Ct));
        await Client.EditMessageMedia(_alice.Id, text.Id, new InputMediaPhoto(Photo(9, 9)) { Caption = "now a picture" }, cancellationToken: Ct);
        await Client.EditMessageCaption(_alice.Id, photo.Id, "two", cancellationToken: Ct);
        Assert.Equal(["now a picture", "two"], _alice.Chat.FromBot.Select(message => message.Text));
    }

    [Fact]
    public async Task Deleted_is_deleted()
    {
        Message sent = await Client.SendMessage(_alice.Id, "one", cancellationToken: Ct);
        await Client.DeleteMessage(_alice.Id, sent.Id, Ct);
        await RefusedAsync("message to delete not found", () => Client.DeleteMessage(_alice.Id, sent.Id, Ct));
        await Client.DeleteMessages(_alice.Id, [sent.Id, 1], Ct);
        Assert.Empty(_alice.Chat.Messages);
    }

    [Fact]
    public async Task Chats_close_and_move()
    {
        StandInPerson bob = Server.World.Person("Bob");
        StandInChat group = Server.World.Group("Painters", "group");
        await RefusedAsync("can't initiate conversation", () => Client.SendMessage(bob.Id, "hello", cancellationToken: Ct));
        await RefusedAsync("chat not found", () => Client.SendMessage(5, "hello", cancellationToken: Ct));
        _alice.Chat.Close(_alice);
        Assert.Equal(403, (await RefusedAsync("blocked by the user", () => Client.SendMessage(_alice.Id, "hello", cancellationToken: Ct))).ErrorCode);
        StandInChat moved = group.Migrate();
        Assert.Equal(moved.Id, (await RefusedAsync("upgraded to a supergroup", () => Client.SendMessage(group.Id, "hello", cancellationToken: Ct))).Parameters?.MigrateToChatId);
    }

    [Fact]
    public async Task Drafts_are_for_private_chats()
    {
        await Client.SendMessageDraft(_alice.Id, 7, "so f", cancellationToken: Ct);
        Assert.Equal(("so f", 1), _alice.Chat.Draft);
        await Client.SendMessage(_alice.Id, "so far", cancellationToken: Ct);
        Assert.Equal(("", 1), _alice.Chat.Draft);
        StandInChat group = Server.World.Group("Painters");
        await RefusedAsync("only for private chats", () => Client.SendMessageDraft(group.Id, 7, "so f", cancellationToken: Ct));
    }

    [Fact]
    public async Task Files_of_people_are_fetched_up_to_20_megabytes()
    {
        StandInMessage small = _alice.SendsPhoto(TestPictures.Png(8, 8)), large = _alice.SendsDocument("a.png", "image/png", [1], size: 20_000_001);
        TGFile file = await Client.GetFile(small.FileId!, Ct);
        using MemoryStream content = new();
        await Client.DownloadFile(file.FilePath!, content, Ct);
        Assert.Equal(TestPictures.Png(8, 8), content.ToArray());
        await RefusedAsync("file is too big", () => Client.GetFile(large.FileId!, Ct));
        await RefusedAsync("wrong file_id", () => Client.GetFile("nothing", Ct));
    }

    [Fact]
    public async Task Trouble_comes_as_ordered_and_ends()
    {
        Server.Add(Trouble.Refuse("sendMessage", ApiAnswer.Flood(TimeSpan.FromSeconds(3))));
        Server.Add(new Trouble(call => call.Method == "sendMessage", TroubleKind.LoseAnswer));
        Server.Add(new Trouble(call => call.Method == "sendMessage", TroubleKind.Garbage));
        Server.Add(new Trouble(call => call.Method == "sendMessage", TroubleKind.BreakBefore));
        Task SendAsync() => Client.SendMessage(_alice.Id, "x", cancellationToken: Ct);
        Assert.Equal(3, (await Assert.ThrowsAsync<ApiRequestException>(SendAsync)).Parameters?.RetryAfter);
        for (int i = 0; i < 3; i++) await Assert.ThrowsAnyAsync<RequestException>(SendAsync);
        Assert.Single(_alice.Chat.FromBot);
        await SendAsync();
    }

    private static InputFile Photo(int width, int height) => InputFile.FromStream(new MemoryStream(TestPictures.Png(width, height)), "a.png");

    private static InputMediaPhoto Media(string name, string? caption) => new(InputFile.FromStream(new MemoryStream(TestPictures.Png(8, 8)), name + ".png")) { Caption = caption };

    private static async Task<ApiRequestException> RefusedAsync(string reason, Func<Task> call)
    {
        ApiRequestException e = await Assert.ThrowsAsync<ApiRequestException>(call);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        return e;
    }
}
