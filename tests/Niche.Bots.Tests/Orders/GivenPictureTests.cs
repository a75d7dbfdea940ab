using System.Security.Cryptography;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Tests.Rig;

namespace Niche.Bots.Tests.Orders;

/// <summary>Orders that start from a picture.</summary>
public sealed class GivenPictureTests
{
    private static readonly Attachment Sent = new("file1", "house.png", "image/png");

    [Fact]
    public async Task A_command_with_a_picture_paints_from_it_with_the_strength_asked_for()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(1);
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a blue house --strength 0.3") with { Attachments = [Sent] });
        Order order = await parlor.NewestAsync("ann");
        Assert.Equal((Digest(Parlor.Picture(1)), 0.3), (order.Request.Picture, order.Request.Strength));
    }

    [Fact]
    public async Task Words_with_a_picture_and_words_in_reply_to_one_paint_from_it()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(2);
        CommandEvent like = parlor.Command("ann", "imagine");
        await parlor.DoAsync(new TextEvent { Id = "t1", User = like.User, Place = like.Place, At = like.At, Text = "a green house", Attachments = [Sent] });
        Assert.Equal(Digest(Parlor.Picture(2)), (await parlor.NewestAsync("ann")).Request.Picture);
        CommandEvent other = parlor.Command("bob", "imagine");
        QuotedMessage quoted = new("m77", false, "look at this", [Sent]);
        await parlor.DoAsync(new TextEvent { Id = "t2", User = other.User, Place = other.Place, At = other.At, Text = "a red house", Quoted = quoted });
        Assert.Equal(Digest(Parlor.Picture(2)), (await parlor.NewestAsync("bob")).Request.Picture);
    }

    [Fact]
    public async Task A_variation_starts_from_the_same_picture()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(3);
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat --strength 0.4 --count 4") with { Attachments = [Sent] });
        Order first = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(first.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        parlor.Paper.Files.Clear();
        await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "V1"), "m1"));
        Order second = await parlor.NewestAsync("ann");
        Assert.NotEqual(first.JobId, second.JobId);
        Assert.Equal((first.Request.Picture, 0.4), (second.Request.Picture, second.Request.Strength));
    }

    [Fact]
    public async Task A_file_that_is_no_picture_is_refused_with_what_works()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files["file2"] = "hello"u8.ToArray();
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat") with { Attachments = [new("file2", "notes.txt", "text/plain")] });
        Assert.Equal(Tone.Warning, parlor.Paper.Last.Tone);
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat") with { Attachments = [new("file2", "notes.png", "image/png")] });
        Assert.Equal(Tone.Warning, parlor.Paper.Last.Tone);
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat --strength 0.5"));
        Assert.Equal(Tone.Warning, parlor.Paper.Last.Tone);
    }

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
