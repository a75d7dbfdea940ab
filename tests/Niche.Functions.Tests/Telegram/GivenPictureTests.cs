using Niche.TelegramStandIn.World;

namespace Niche.Functions.Tests.Telegram;

/// <summary>Photos of people become other pictures: sent with words, or answered with words, by whoever sent them or by somebody else.</summary>
public sealed class GivenPictureTests(TelegramSubnet subnet) : IClassFixture<TelegramSubnet>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_photo_with_words_and_words_in_reply_to_a_photo_are_painted_from_it()
    {
        StandInPerson alice = subnet.Server.World.Person("Alice", "en"), bob = subnet.Server.World.Person("Bob", "en");
        alice.Says("/imagine a red lighthouse by the sea --count 1 --steps 4");
        StandInMessage painted = await alice.Chat.UntilAsync(message => message.FileId is not null, Ct);
        byte[] picture = subnet.Server.World.Files.Content(painted.FileId!)!;

        StandInMessage sent = alice.SendsPhoto(picture, "a green lighthouse --count 1 --steps 4 --strength 0.5");
        await AnsweredAsync(alice.Chat, sent, "strength 0.5");
        StandInChat group = subnet.Server.World.Group("Painters");
        StandInMessage shown = alice.SendsPhoto(picture, chat: group);
        StandInMessage asked = bob.Says("/imagine@niche_test_bot a blue lighthouse --count 1 --steps 4", group, shown);
        await AnsweredAsync(group, asked, "strength 0.6");
        Assert.True(subnet.Server.Faults.IsEmpty, string.Join("\n", subnet.Server.Faults));
    }

    private static Task<StandInMessage> AnsweredAsync(StandInChat chat, StandInMessage asked, string words) => chat.UntilAsync(
        message => message.ReplyTo == asked.Id && message.FileId is not null && message.Text.Contains($"from a picture, {words}", StringComparison.Ordinal), Ct);
}
