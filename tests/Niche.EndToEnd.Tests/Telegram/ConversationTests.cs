using System.Text.Json.Nodes;
using Niche.EndToEnd.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.EndToEnd.Tests.Telegram;

/// <summary>People talk to the bot; real miners paint and write; nothing but processes and sockets in between.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ConversationTests(TelegramSubnet subnet) : IClassFixture<TelegramSubnet>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Four_pictures_come_as_an_album_with_its_buttons()
    {
        StandInPerson alice = subnet.Person();
        StandInMessage asked = alice.Says("/imagine a red house by the sea --count 4 --seed 7");
        StandInMessage keyboard = await alice.Chat.UntilAsync(message => Has(message, "U4"), Ct);
        // The message that waited goes when the album is there.
        await alice.Chat.UntilAllAsync(all => all.Count == 5, Ct);
        StandInMessage[] album = [.. alice.Chat.FromBot.Where(message => message.Album is not null)];
        Assert.Equal(4, album.Length);
        Assert.Equal(4, album.Select(message => message.FileId).Distinct().Count());
        Assert.Equal(asked.Id, album[0].ReplyTo);
        Assert.Contains("a red house by the sea", keyboard.Text, StringComparison.Ordinal);
        AssertClean();
    }

    [Fact]
    public async Task Buttons_work_after_the_validator_was_killed()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a green castle in winter --count 2");
        StandInMessage keyboard = await alice.Chat.UntilAsync(message => Has(message, "U2"), Ct);
        await subnet.RestartAsync(() => alice.Presses(keyboard, Label(keyboard, "U2")));
        StandInMessage file = await alice.Chat.UntilAsync(message => message.Json["document"] is not null, Ct);
        Assert.StartsWith("niche-", (string?)file.Json["document"]!["file_name"], StringComparison.Ordinal);
        AssertClean();
    }

    [Fact]
    public async Task An_order_outlives_the_validator()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a blue boat at sunset --count 4 --steps 50");
        // Once the message was edited, it is known to the order: a process that dies between sending and knowing cannot but send again.
        await alice.Chat.UntilAsync(message => message.Json.ContainsKey("edit_date") || Has(message, "U1"), Ct);
        await subnet.RestartAsync();
        await alice.Chat.UntilAllAsync(all => all.Any(message => Has(message, "U1")) && !all.Any(message => Has(message, "Cancel")), Ct);
        Assert.Equal(4, alice.Chat.FromBot.Count(message => message.Album is not null));
    }

    [Fact]
    public async Task A_restart_in_the_middle_of_200_conversations_loses_none()
    {
        int impatient = subnet.Server.Flood.Impatient;
        StandInPerson[] people = [.. Enumerable.Range(0, 200).Select(_ => subnet.Person())];
        foreach (StandInPerson person in people) person.Says("/help");
        await Until.TrueAsync(() => people.Count(IsAnswered) >= 40, () => subnet.Validator.Output);
        await subnet.RestartAsync();
        await Until.TrueAsync(() => people.All(IsAnswered), () => $"{people.Count(IsAnswered)} of 200 answered:\n{subnet.Validator.Output}");
        // Who dies between sending and writing that down cannot but send again: those who were being answered at that moment, and no others.
        Assert.InRange(people.Sum(person => person.Chat.FromBot.Count), 200, 232);
        Assert.Equal(impatient, subnet.Server.Flood.Impatient);
    }

    [Fact]
    public async Task Without_a_public_address_the_validator_fetches_its_updates()
    {
        StandInPerson alice = subnet.Person();
        await subnet.RestartAsync(() => alice.Says("/help"), polls: true);
        await alice.Chat.UntilAsync(message => message.ReplyTo == 1, Ct);
        // What is answered at the moment of the kill may be answered again; what came before it is written down by then.
        StandInMessage between = alice.Says("/stats");
        await alice.Chat.UntilAsync(message => message.ReplyTo == between.Id, Ct);
        await subnet.RestartAsync(polls: true);
        StandInMessage asked = alice.Says("/models");
        await alice.Chat.UntilAsync(message => message.ReplyTo == asked.Id, Ct);
        Assert.Single(alice.Chat.FromBot, message => message.ReplyTo == 1);
        await subnet.RestartAsync();
    }

    [Fact]
    public async Task A_picture_is_changed_by_an_answer_in_words()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a red house --count 1");
        StandInMessage done = await alice.Chat.UntilAsync(message => Has(message, "Edit"), Ct);
        Assert.NotNull(done.FileId);
        alice.Presses(done, Label(done, "Edit"));
        StandInMessage question = await alice.Chat.UntilAsync(message => message.Id > done.Id && message.Text.Contains("/imagine", StringComparison.Ordinal), Ct);
        // People read before they answer: by then the bot has written down what its question was about.
        StandInMessage between = alice.Says("/help");
        await alice.Chat.UntilAsync(message => message.ReplyTo == between.Id, Ct);
        alice.Says("a blue house", replyTo: question);
        StandInMessage changed = await alice.Chat.UntilAsync(message => message.Id > between.Id && message.FileId is not null && Has(message, "Edit"), Ct);
        Assert.Contains("a blue house", changed.Text, StringComparison.Ordinal);
        AssertClean();
    }

    [Fact]
    public async Task Waiting_is_called_off()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a windmill in the mountains --count 4 --steps 50");
        StandInMessage waiting = await alice.Chat.UntilAsync(message => Has(message, "Cancel"), Ct);
        StandInQuery press = alice.Presses(waiting, Label(waiting, "Cancel"));
        await press.Answer.WaitAsync(TimeSpan.FromSeconds(60), Ct);
        await alice.Chat.UntilAllAsync(
            all => all.Any(message => message.Text.Contains("ancelled", StringComparison.Ordinal)) && !all.Any(message => Has(message, "Cancel")), Ct);
        AssertClean();
    }

    [Fact]
    public async Task Deleting_takes_the_whole_album_away()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a rocket in the forest --count 2");
        StandInMessage keyboard = await alice.Chat.UntilAsync(message => Has(message, "Delete"), Ct);
        alice.Presses(keyboard, Label(keyboard, "Delete"));
        await alice.Chat.UntilAllAsync(all => all.Count == 0, Ct);
        AssertClean();
    }

    [Fact]
    public async Task A_storm_of_429_delays_and_loses_nothing()
    {
        StandInPerson alice = subnet.Person();
        int impatient = subnet.Server.Flood.Impatient;
        subnet.Server.Add(new Trouble(
            call => call.Number("chat_id") == alice.Id && call.Method is "sendMessage" or "sendMediaGroup", TroubleKind.Answer, 4, ApiAnswer.Flood(TimeSpan.FromSeconds(2))));
        alice.Says("/imagine a lighthouse at night --count 2");
        await alice.Chat.UntilAsync(message => Has(message, "U2"), Ct);
        Assert.Equal(2, alice.Chat.FromBot.Count(message => message.Album is not null));
        Assert.Equal(impatient, subnet.Server.Flood.Impatient);
    }

    [Fact]
    public async Task The_same_update_many_times_is_answered_once()
    {
        StandInPerson alice = subnet.Person();
        StandInMessage asked = alice.Says("/help");
        JsonObject update = new() { ["update_id"] = 777_000_001, ["message"] = asked.Json.DeepClone() };
        for (int i = 0; i < 5; i++) subnet.Server.Feed.Repeat(update.DeepClone().AsObject());
        StandInMessage later = alice.Says("/models");
        await alice.Chat.UntilAllAsync(all => all.Any(message => message.ReplyTo == later.Id) && all.Count(message => message.ReplyTo == asked.Id) >= 2, Ct);
        // The first was its own update, the five others are one.
        Assert.Equal(2, alice.Chat.FromBot.Count(message => message.ReplyTo == asked.Id));
    }

    [Fact]
    public async Task A_picture_of_a_person_comes_back_larger()
    {
        StandInPerson alice = subnet.Person();
        alice.Says("/imagine a tent in the desert --count 1");
        StandInMessage done = await alice.Chat.UntilAsync(message => message.FileId is not null, Ct);
        byte[] picture = subnet.Server.World.Files.Content(done.FileId!)!;
        StandInMessage mine = subnet.Person().SendsPhoto(picture, chat: alice.Chat);
        StandInMessage asked = alice.Says("/upscale", replyTo: mine);
        StandInMessage larger = await alice.Chat.UntilAsync(message => message.ReplyTo == asked.Id && message.FileId is not null, Ct);
        Assert.True(subnet.Server.World.Files.Content(larger.FileId!)!.Length > picture.Length);
        AssertClean();
    }

    [Fact]
    public async Task A_text_grows_before_ones_eyes_in_private()
    {
        StandInPerson alice = subnet.Person();
        StandInMessage said = alice.Says("a red house");
        StandInMessage answer = await alice.Chat.UntilAsync(message => message.ReplyTo == said.Id, Ct);
        Assert.True(answer.Text.Length > "a red house".Length, answer.Text);
        Assert.True(alice.Chat.Draft.Count > 0 || alice.Chat.Actions > 0, "Nothing showed that an answer was coming.");
        AssertClean();
    }

    [Fact]
    public async Task In_a_group_only_what_is_for_the_bot_is_answered()
    {
        StandInPerson alice = subnet.Person();
        StandInChat group = subnet.Server.World.Group("Painters");
        alice.Says("nice weather", group);
        alice.Says("/imagine@other_bot a house", group);
        StandInMessage command = alice.Says("/imagine@niche_test_bot a house in the rain --count 1", group);
        await group.UntilAsync(message => message.ReplyTo == command.Id && message.FileId is not null, Ct);
        Assert.All(group.FromBot, message => Assert.Equal(command.Id, message.ReplyTo));
    }

    [Fact]
    public async Task An_inline_answer_becomes_a_picture_in_some_chat()
    {
        StandInPerson alice = subnet.Person();
        StandInQuery query = alice.Asks("a yellow balloon over the desert");
        JsonArray results = (await query.Answer.WaitAsync(TimeSpan.FromSeconds(60), Ct)).Json("results")!.AsArray();
        Assert.NotEmpty(results);
        StandInMessage picked = alice.Picks("a yellow balloon over the desert", results[0]!.AsObject());
        await Until.TrueAsync(
            () => subnet.Server.World.Elsewhere.Messages.First(message => message.Id == picked.Id) is { FileId: not null }, () => subnet.Validator.Output);
        AssertClean();
    }

    [Fact]
    public async Task Answers_are_in_the_language_of_the_person()
    {
        StandInPerson hans = subnet.Person("de");
        hans.Says("/imagine ein Haus --count 1");
        await hans.Chat.UntilAsync(message => Has(message, "Abbrechen") || Has(message, "Vergrößern"), Ct);
    }

    private static bool IsAnswered(StandInPerson person) => person.Chat.FromBot.Count > 0;

    private static bool Has(StandInMessage message, string label) => message.Buttons.Any(button => button.Text.EndsWith(label, StringComparison.Ordinal));

    private static string Label(StandInMessage message, string label) => message.Buttons.First(button => button.Text.EndsWith(label, StringComparison.Ordinal)).Text;

    private void AssertClean() => Assert.Empty(subnet.Server.Faults);
}
