using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Answers;

public sealed class DownloadTests : AnswerTest
{
    [Fact]
    public async Task A_file_that_was_sent_is_fetched_byte_for_byte()
    {
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)i)];
        StandInFile file = Discord.World.AddFile("cat.png", "image/png", content);
        await SendAsync(Discord.Make.Command(Anna, Discord.World.AddChannel(), "describe", ("image", file)));
        Attachment attachment = Assert.Single(Assert.IsType<CommandEvent>(Desk.Events.Last()).Attachments);
        Assert.Equal(content, (await Platform.DownloadAsync(attachment, content.Length, Ct)).ToArray());
    }

    [Theory]
    [InlineData(50_000_000L)]
    [InlineData(null)]
    [InlineData(1L)]
    public async Task More_than_is_wanted_is_not_read_whatever_the_file_claims(long? claimed)
    {
        StandInFile file = Discord.World.AddFile("cat.png", "image/png", new byte[2000]);
        await FaultAsync(() => Platform.DownloadAsync(new Attachment(file.Url, "cat.png", "image/png", claimed), 1999, Ct), PlatformFault.TooLarge);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://evil.example/a.png")]
    [InlineData("https://cdn.discordapp.com.evil.example/a.png")]
    [InlineData("https://cdn.discordapp.com@evil.example/a.png")]
    [InlineData("https://user:pw@cdn.discordapp.com/a.png")]
    [InlineData("http://cdn.discordapp.com/a.png")]
    [InlineData("https://cdn.discordapp.com:8443/a.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("a.png")]
    [InlineData("")]
    public Task Nothing_is_fetched_from_anywhere_else(string address) =>
        FaultAsync(() => Platform.DownloadAsync(new Attachment(address, "a.png"), 1000, Ct), PlatformFault.Refused);

    [Fact]
    public Task A_file_whose_address_expired_is_gone() =>
        FaultAsync(() => Platform.DownloadAsync(new Attachment($"{Discord.Url}cdn/attachments/1/5/a.png?hm=0", "a.png"), 1000, Ct), PlatformFault.Gone);
}
