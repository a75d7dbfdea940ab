using Niche.Bots.Handling;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Tests.Buttons;

/// <summary>Buttons after restarts, of others, of strangers, of long ago.</summary>
public sealed class PressTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_a_restart_a_button_gives_the_picture_byte_for_byte()
    {
        await using Parlor parlor = new();
        Order order = await PaintedAsync(parlor);
        await parlor.RestartAsync();
        await parlor.DoAsync(parlor.Press("bob", parlor.Button("m1", "U3"), "m1"));
        Picture picture = Assert.Single(parlor.Paper.Last.Pictures);
        Assert.True(picture.AsFile);
        Assert.Equal($"{order.JobId}/2.png", picture.Name);
    }

    [Fact]
    public async Task Years_later_the_same_seed_is_painted_again()
    {
        await using Parlor parlor = new();
        Order order = await PaintedAsync(parlor);
        string button = parlor.Button("m1", "U3");
        for (int i = 0; i < 4; i++) await parlor.Get<IBlobStore>().DeleteAsync(WorkNames.Images, $"{order.JobId}/{i}.png", Ct);
        await parlor.Get<JobStore>().DeleteAsync((await parlor.Get<JobStore>().GetAsync(order.JobId, Ct))!, Ct);
        parlor.Time.Advance(TimeSpan.FromDays(1000));
        await parlor.RestartAsync();
        await parlor.DoAsync(parlor.Press("ann", button, "m1"));
        Order again = await parlor.NewestAsync("ann");
        Assert.NotEqual(order.JobId, again.JobId);
        Assert.Equal([order.Request.Seeds[2]], again.Request.Seeds);
        Assert.Equal(order.Request with { Seeds = again.Request.Seeds }, again.Request with { Stop = order.Request.Stop });
    }

    [Fact]
    public async Task Only_the_one_who_asked_deletes()
    {
        await using Parlor parlor = new();
        await PaintedAsync(parlor);
        string delete = parlor.Button("m1", "Delete");
        await parlor.DoAsync(parlor.Press("bob", delete, "m1", "de"));
        Assert.Contains("m1", parlor.Paper.Messages);
        Assert.Contains("wer dieses Bild bestellt hat", parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.True(parlor.Paper.Last.Private);
        await parlor.DoAsync(parlor.Press("ann", delete, "m1"));
        Assert.DoesNotContain("m1", parlor.Paper.Messages);
    }

    [Theory]
    [InlineData("en", "not one of mine")]
    [InlineData("ja", "ボタン")]
    [InlineData("xx", "not one of mine")]
    public async Task A_button_that_somebody_made_up_is_told_so_in_their_language(string locale, string words)
    {
        await using Parlor parlor = new();
        await PaintedAsync(parlor);
        string genuine = parlor.Button("m1", "Delete"), forged = genuine[..^1] + (genuine[^1] == 'A' ? 'B' : 'A');
        await parlor.DoAsync(parlor.Press("bob", forged, "m1", locale));
        Assert.Contains(words, parlor.Paper.Last.Body.ToString(), StringComparison.Ordinal);
        Assert.Contains("m1", parlor.Paper.Messages);
    }

    [Fact]
    public async Task Nobody_else_sees_a_private_order()
    {
        await using Parlor parlor = new();
        Assert.Equal(new Acknowledgement.Later(true), await parlor.SayAsync("ann", "imagine", "a house --private"));
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        string again = parlor.Button("m1", "Again");
        int sent = parlor.Paper.Sent.Count;
        await parlor.SayAsync("bob", "show", order.JobId);
        await parlor.DoAsync(parlor.Press("bob", again, "m1"));
        await parlor.SayAsync("bob", "vary", order.JobId);
        Assert.All(parlor.Paper.Sent.Skip(sent), answer => Assert.Empty(answer.View.Pictures));
        Assert.All(parlor.Paper.Sent.Skip(sent), answer => Assert.DoesNotContain("a house", answer.View.Body.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_comes_of_a_private_order_is_private()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --private");
        await parlor.PaintAsync((await parlor.NewestAsync("ann")).JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        Assert.Equal(new Acknowledgement.Later(true), await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "Again"), "m1")));
        Assert.True((await parlor.NewestAsync("ann")).Private);
        Assert.True(parlor.Paper.Last.Private);
    }

    [Fact]
    public async Task A_variation_keeps_the_seed_and_moves_the_guidance()
    {
        await using Parlor parlor = new();
        Order order = await PaintedAsync(parlor);
        await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "V2"), "m1"));
        Order variation = await parlor.NewestAsync("ann");
        Assert.Equal([order.Request.Seeds[1]], variation.Request.Seeds);
        Assert.NotEqual(order.Request.Guidance, variation.Request.Guidance);
        Assert.Equal(order.JobId, variation.Parent);
    }

    [Fact]
    public async Task Edit_shows_a_form_at_once_and_the_form_makes_an_order()
    {
        await using Parlor parlor = new();
        Order order = await PaintedAsync(parlor);
        var ask = Assert.IsType<Acknowledgement.Ask>(await parlor.DoAsync(parlor.Press("ann", parlor.Button("m1", "Edit"), "m1")));
        Assert.Equal("a red house", ask.Form.Fields[0].Value);
        await parlor.DoAsync(new FormEvent
        {
            Id = "form1", User = parlor.User("ann"), Place = parlor.Place(), At = parlor.Time.GetUtcNow(), FormId = ask.Form.Id,
            Values = new Dictionary<string, string> { ["prompt"] = "a blue house", ["negative"] = "fog", ["settings"] = ask.Form.Fields[2].Value },
        });
        Order edited = await parlor.NewestAsync("ann");
        Assert.Equal("a blue house", edited.Request.Prompt);
        Assert.Equal("fog", edited.Request.NegativePrompt);
        Assert.Equal(order.Request.Seeds, edited.Request.Seeds);
    }

    [Fact]
    public async Task A_reply_to_a_picture_paints_other_words_with_its_seed()
    {
        await using Parlor parlor = new();
        Order order = await PaintedAsync(parlor);
        await parlor.DoAsync(new TextEvent
        {
            Id = "reply1", User = parlor.User("bob"), Place = parlor.Place(), At = parlor.Time.GetUtcNow(), Text = "a green castle -n 1",
            Quoted = new QuotedMessage("m1", true, "", []),
        });
        Order reply = await parlor.NewestAsync("bob");
        Assert.Equal(("a green castle", order.Request.Seeds[0], 1), (reply.Request.Prompt, reply.Request.Seeds[0], reply.Request.Count));
    }

    private static async Task<Order> PaintedAsync(Parlor parlor)
    {
        await parlor.SayAsync("ann", "imagine", "a red house --count 4 --seed 7");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        return order;
    }
}
