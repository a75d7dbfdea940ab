using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Outgoing;

/// <summary>Files of people, fetched no further than allowed.</summary>
public sealed class DownloadTests : AdapterTest
{
    [Fact]
    public async Task A_picture_comes_as_it_was_sent()
    {
        byte[] picture = TestPictures.Png(8, 8);
        Attachment file = await SentAsync(Alice.SendsPhoto(picture));
        Assert.Equal(picture, (await Platform.DownloadAsync(file, 1000, Ct)).ToArray());
    }

    [Fact]
    public async Task What_is_claimed_to_be_too_large_is_not_even_asked_for()
    {
        Attachment file = await SentAsync(Alice.SendsDocument("a.png", "image/png", [1], size: 50_000_000));
        Assert.Equal(PlatformFault.TooLarge, await FaultOfAsync(file, 10_000_000));
        Assert.DoesNotContain(Server.Journal, entry => entry.Call.Method == "getFile");
        Assert.Equal(PlatformFault.TooLarge, await FaultOfAsync(file with { Bytes = null }, int.MaxValue));
    }

    [Fact]
    public async Task What_is_larger_than_it_claims_is_not_read_to_its_end()
    {
        Attachment file = await SentAsync(Alice.SendsDocument("a.png", "image/png", new byte[5_000_000], size: 10));
        Assert.Equal(PlatformFault.TooLarge, await FaultOfAsync(file, 1000));
    }

    [Fact]
    public async Task A_file_that_nobody_knows_is_gone() => Assert.Equal(PlatformFault.Gone, await FaultOfAsync(new Attachment("nothing", "a.png"), 1000));

    private async Task<Attachment> SentAsync(StandInMessage message)
    {
        BotEvent happened = (await ReceiveAllAsync())[^1];
        Attachment file = Assert.Single(((TextEvent)happened).Attachments);
        Assert.Equal(message.FileId, file.Reference);
        return file;
    }

    private async Task<PlatformFault> FaultOfAsync(Attachment file, int max) =>
        (await Assert.ThrowsAsync<PlatformException>(() => Platform.DownloadAsync(file, max, Ct))).Fault;
}
