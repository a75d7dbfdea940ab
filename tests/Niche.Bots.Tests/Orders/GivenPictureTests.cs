using System.Security.Cryptography;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
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

    [Fact]
    public async Task A_change_starts_from_the_same_picture_by_form_and_by_reply()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(2);
        CommandEvent like = parlor.Command("ann", "imagine", "a boat --strength 0.4");
        await parlor.DoAsync(like with { Attachments = [Sent] });
        parlor.Paper.Files.Clear();
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Form form = Assert.IsType<Acknowledgement.Ask>(await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "Edit"), "m1"))).Form;
        Dictionary<string, string> filled = form.Fields.ToDictionary(field => field.Id, field => field.Value);
        Assert.Contains("--strength 0.4", filled["settings"], StringComparison.Ordinal);
        filled["prompt"] = "a green boat";
        await parlor.DoAsync(new FormEvent { Id = "f1", User = like.User, Place = like.Place, At = like.At, FormId = form.Id, Values = filled });
        Order changed = await parlor.NewestAsync("ann");
        Assert.Equal(("a green boat", Digest(Parlor.Picture(2)), 0.4), (changed.Prompt, changed.Request.Picture, changed.Request.Strength));
        await parlor.DoAsync(new TextEvent
        {
            Id = "t1", User = like.User, Place = like.Place, At = like.At, Text = "a red boat --strength 0.7", Quoted = new QuotedMessage("m1", true, "", []),
        });
        Order replied = await parlor.NewestAsync("ann");
        Assert.Equal(("a red boat", Digest(Parlor.Picture(2)), 0.7), (replied.Prompt, replied.Request.Picture, replied.Request.Strength));
    }

    [Fact]
    public async Task Use_as_input_asks_what_to_paint_from_the_message_and_paints_it()
    {
        await using Parlor parlor = new();
        CommandEvent like = parlor.Command("ann", "imagine");
        MessageCommandEvent used = new()
        {
            Id = "c1", User = like.User, Place = like.Place, At = like.At, Name = "Use as input", Target = new QuotedMessage("m99", false, "look", [Sent]),
        };
        Form form = Assert.IsType<Acknowledgement.Ask>(await parlor.DoAsync(used)).Form;
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(2);
        FormEvent sent = new()
        {
            Id = "f1", User = like.User, Place = like.Place, At = like.At, FormId = form.Id,
            Values = new Dictionary<string, string> { ["prompt"] = "a green house", ["strength"] = "0,3" },
        };
        await parlor.DoAsync(sent);
        Order order = await parlor.NewestAsync("ann");
        Assert.Equal(("a green house", Digest(Parlor.Picture(2)), 0.3), (order.Prompt, order.Request.Picture, order.Request.Strength));
        parlor.Time.Advance(TimeSpan.FromHours(2));
        await parlor.DoAsync(sent with { Id = "f2" });
        Assert.Contains("once more", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        await parlor.DoAsync(used with { Id = "c2", Target = new QuotedMessage("m98", false, "words only", []) });
        Assert.Contains("Send a picture", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a boat --strength 0.5", "there is no picture")]
    [InlineData("a boat --strength 0", "between 0.05 and 1")]
    public async Task A_strength_that_makes_no_sense_is_said_in_words(string wish, string why)
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", wish);
        Assert.Contains(why, parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "once more")]
    [InlineData(5, "PNG, JPEG and WebP of up to 6 MB")]
    [InlineData(7 * 1024 * 1024, "Up to 6 MB")]
    public async Task A_file_that_cannot_be_used_is_answered_with_what_can(int bytes, string why)
    {
        await using Parlor parlor = new();
        if (bytes > 0) parlor.Paper.Files[Sent.Reference] = new byte[bytes];
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat") with { Attachments = [Sent] });
        Assert.Contains(why, parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_stands_below_a_picture_is_in_the_language_of_whoever_asked()
    {
        await using Parlor parlor = new();
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(1);
        await parlor.DoAsync(parlor.Command("ann", "imagine", "a boat --steps 7 --strength 0.4 --style snow", "de") with { Attachments = [Sent] });
        Assert.Matches("7 Schritte .* aus einem Bild, Stärke 0.4 · Schnee", parlor.Paper.Last.Footer);
    }

    [Fact]
    public async Task A_picture_of_somebody_else_is_not_mistaken_for_the_newest_of_ones_own()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a boat");
        parlor.Paper.Files[Sent.Reference] = Parlor.Picture(1);
        await parlor.DoAsync(parlor.Command("ann", "vary") with { Attachments = [Sent] });
        Assert.Contains("Say what to paint from it", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Equal("a boat", (await parlor.NewestAsync("ann")).Prompt);
    }

    private static string Digest(byte[] file) => Convert.ToHexStringLower(SHA256.HashData(file));
}
