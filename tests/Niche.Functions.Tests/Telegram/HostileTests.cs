using System.Net;
using System.Text;
using Niche.TelegramStandIn.World;

namespace Niche.Functions.Tests.Telegram;

/// <summary>People who mean no good, or send what nobody expects, in Telegram: answered in words, and nobody else is touched.</summary>
public sealed class HostileTests(TelegramSubnet subnet) : IClassFixture<TelegramSubnet>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("functions_secreT")]
    [InlineData("functions_secret2")]
    public async Task Who_does_not_know_the_secret_is_not_heard(string? secret)
    {
        StandInPerson alice = Person();
        using HttpRequestMessage request = new(HttpMethod.Post, subnet.Webhook);
        request.Content = new StringContent(
            $$$"""{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":{{{alice.Id}}},"type":"private"},"from":{"id":{{{alice.Id}}},"is_bot":false,"first_name":"A"},"text":"/help"}}""",
            Encoding.UTF8, "application/json");
        if (secret is not null) request.Headers.TryAddWithoutValidation("X-Telegram-Bot-Api-Secret-Token", secret);
        using HttpResponseMessage response = await subnet.Subnet.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        StandInMessage asked = alice.Says("/models");
        await alice.Chat.UntilAsync(message => message.ReplyTo == asked.Id, Ct);
        Assert.Single(alice.Chat.FromBot);
    }

    [Fact]
    public async Task Other_peoples_and_tampered_buttons_do_nothing_but_say_so()
    {
        StandInPerson alice = Person(), mallory = Person("pt-br");
        StandInChat group = subnet.Server.World.Group("Painters");
        alice.Says("/imagine@niche_test_bot a purple castle --count 1 --steps 4", group);
        StandInMessage painted = await group.UntilAsync(message => message.Buttons.Any(button => button.Text.EndsWith("Delete", StringComparison.Ordinal)), Ct);
        StandInButton delete = painted.Buttons.First(button => button.Text.EndsWith("Delete", StringComparison.Ordinal));
        mallory.Presses(painted, delete.Text);
        // Told in the language of whoever pressed.
        await group.UntilAsync(message => message.Text.Contains("Só quem pediu", StringComparison.Ordinal), Ct);
        mallory.PressesData(painted, delete.Data![..^1] + (delete.Data[^1] == 'A' ? 'B' : 'A'));
        await group.UntilAsync(message => message.Text.Contains("não é meu", StringComparison.Ordinal), Ct);
        Assert.Contains(group.FromBot, message => message.Id == painted.Id);
        alice.Presses(painted, delete.Text);
        await group.UntilAllAsync(all => all.All(message => message.Id != painted.Id), Ct);
        AssertClean();
    }

    [Theory]
    [InlineData("@everyone <b>bold</b> & <a href=\"https://evil.example\">free</a>")]
    [InlineData("a\u202ecat\u200b\u2066 on\u0000 the t\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301able")]
    public async Task Words_of_strangers_stay_words(string prompt)
    {
        StandInPerson alice = Person();
        alice.Says($"/imagine {prompt} --count 1 --steps 4");
        StandInMessage painted = await alice.Chat.UntilAsync(message => message.FileId is not null, Ct);
        Assert.DoesNotMatch("[\u202a-\u202e\u2066-\u2069\0]", painted.Text);
        Assert.DoesNotMatch("text_link|mention", painted.Json["caption_entities"]?.ToJsonString() ?? "");
        AssertClean();
    }

    [Fact]
    public async Task A_prompt_as_long_as_a_message_can_be_is_refused_and_not_cut()
    {
        StandInPerson alice = Person();
        alice.Says("/imagine " + new string('x', 4000));
        await alice.Chat.UntilAsync(message => message.Text.Contains("2000", StringComparison.Ordinal), Ct);
        alice.Says(new string('y', 4096));
        await alice.Chat.UntilAsync(message => message.Text.Contains("That is too long", StringComparison.Ordinal), Ct);
        AssertClean();
    }

    [Fact]
    public async Task Files_with_hostile_names_files_of_50_megabytes_and_files_that_are_no_pictures_are_answered_in_words()
    {
        StandInPerson alice = Person();
        alice.SendsDocument("../../etc/\r\nX-Evil: 1\u202egnp.exe", "image/png", [1, 2, 3], "/upscale");
        await alice.Chat.UntilAsync(message => message.Text.Contains("cannot read this picture", StringComparison.Ordinal), Ct);
        alice.SendsDocument("big.png", "image/png", [1, 2, 3], "/imagine a house", size: 50_000_000);
        await alice.Chat.UntilAsync(message => message.Text.Contains("Up to 6 MB", StringComparison.Ordinal), Ct);
        alice.SendsDocument("big.png", "image/png", [1, 2, 3], "/verify", size: 50_000_000);
        await alice.Chat.UntilAsync(message => message.Text.Contains("Up to 12 MB", StringComparison.Ordinal), Ct);
        alice.SendsDocument("notes.txt", "text/plain", [1, 2, 3], "/imagine a house");
        await alice.Chat.UntilAsync(message => message.Text.Contains("cannot paint from this file", StringComparison.Ordinal), Ct);
        AssertClean();
    }

    [Theory]
    [InlineData(null, "What I can do")]
    [InlineData("tlh", "What I can do")]
    [InlineData("zh-hans", "我能做什么")]
    [InlineData("ru", "Что я умею")]
    public async Task Whatever_language_somebody_has_gets_an_answer(string? language, string title)
    {
        StandInPerson alice = Person(language);
        StandInMessage asked = alice.Says("/help");
        StandInMessage answer = await alice.Chat.UntilAsync(message => message.ReplyTo == asked.Id, Ct);
        Assert.Contains(title, answer.Text, StringComparison.Ordinal);
        AssertClean();
    }

    [Fact]
    public async Task Who_blocks_the_bot_or_throws_it_out_while_it_paints_stops_nobody()
    {
        subnet.Subnet.Miner.Hold();
        StandInPerson alice = Person(), bob = Person();
        StandInChat group = subnet.Server.World.Group("Painters");
        alice.Says("/imagine a red tent --count 1 --steps 4");
        bob.Says("/imagine@niche_test_bot a green tent --count 1 --steps 4", group);
        await alice.Chat.UntilAllAsync(all => all.Count == 1, Ct);
        await group.UntilAllAsync(all => all.Count == 1, Ct);
        alice.Chat.Close(alice);
        group.Close(bob);
        subnet.Subnet.Miner.Release();
        StandInMessage asked = bob.Says("/imagine a white sailboat --count 1 --steps 4");
        await bob.Chat.UntilAsync(message => message.ReplyTo == asked.Id && message.FileId is not null, Ct);
    }

    private StandInPerson Person(string? language = "en") => subnet.Server.World.Person("Alice", language);

    private void AssertClean() => Assert.True(subnet.Server.Faults.IsEmpty, string.Join("\n", subnet.Server.Faults));
}
