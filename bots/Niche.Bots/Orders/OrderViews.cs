using System.Globalization;
using Niche.Bots.Buttons;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Orders;

/// <summary>What an order looks like while it waits, while it is painted, and when it is done.</summary>
public sealed class OrderViews(TextBook texts, ButtonKeys keys)
{
    private const int MaxPrompt = 300, MaxOther = 40, MaxOthers = 8, CancelsPerRow = 4;
    private static readonly string[] Numbers = ["1", "2", "3", "4"];

    /// <summary>Waiting or being painted, with those whose progress the same message shows.</summary>
    public async Task<View> OpenAsync(Order order, JobSnapshot job, int? position, TimeSpan? expected, IReadOnlyList<Picture> preview,
        IReadOnlyList<OrderProgress> others, CancellationToken ct)
    {
        Words words = WordsOf(order);
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        List<ViewField> fields = [];
        if (position is { } before) fields.Add(new ViewField(words.Line("wait.position"), before == 0 ? words.Say("wait.next") : words.Say("wait.before", Filling.Of("n", before))));
        else fields.Add(new ViewField(words.Line("wait.progress"), words.Say("wait.done-of", Filling.Of("n", job.Done), Filling.Of("all", job.Units.Count))));
        if (expected is { } time) fields.Add(new ViewField(words.Line("wait.expected"), RichText.Plain(words.Time(time))));
        if (others.Count > 0) fields.Add(new ViewField(words.Line("wait.others"), Others(others, words)));
        List<IReadOnlyList<Button>> buttons = [];
        if (!job.CancelRequested) buttons.Add([new Button(Id(signer, order, ButtonAction.Cancel), words.Line("button.cancel"), ButtonStyle.Danger, "✖")]);
        buttons.AddRange(others.Take(MaxOthers).Select((other, i) => (other, Number: i + 2)).Where(one => !one.other.Job.CancelRequested)
            .Select(one => new Button(Id(signer, one.other.Order, ButtonAction.Cancel), one.Number.ToString(CultureInfo.InvariantCulture), ButtonStyle.Danger, "✖")).Chunk(CancelsPerRow));
        return new View
        {
            Title = words.Line(job.CancelRequested ? "wait.cancelling" : position is null ? "wait.painting" : "wait.queued"),
            Body = Quote(order),
            Fields = fields,
            Footer = Settings(order, words),
            Tone = Tone.Busy,
            Pictures = preview,
            Buttons = buttons,
            Private = order.Private,
        };
    }

    // Who waits behind the order of the message, by number: the buttons have the same.
    private static RichText Others(IReadOnlyList<OrderProgress> others, Words words)
    {
        RichText all = RichText.Empty;
        for (int i = 0; i < Math.Min(others.Count, MaxOthers); i++)
        {
            (Order order, JobSnapshot job, int? position, TimeSpan? expected) = others[i];
            RichText state = job.CancelRequested ? words.Say("wait.cancelling")
                : position is { } before ? before == 0 ? words.Say("wait.next") : words.Say("wait.before-it", Filling.Of("n", before))
                : words.Say("wait.done-of", Filling.Of("n", job.Done), Filling.Of("all", job.Units.Count));
            string number = (i + 2).ToString(CultureInfo.InvariantCulture);
            all = all.Append(RichText.Plain($"\n{number}. ")).Append(new RichText([new Span(StrangerText.Shown(order.Prompt, MaxOther), SpanStyle.Italic)])).Append(RichText.Plain(": ")).Append(state);
            if (expected is { } time) all = all.Append(RichText.Plain(" · " + words.Time(time)));
        }

        return others.Count > MaxOthers ? all.Append(RichText.Plain("\n")).Append(words.Say("wait.more", Filling.Of("n", others.Count - MaxOthers))) : all;
    }

    /// <summary>Done, with pictures.</summary>
    /// <param name="order">The order.</param>
    /// <param name="job">The job.</param>
    /// <param name="pictures">What is shown.</param>
    /// <param name="kept">Indices of the pictures that can be chosen.</param>
    /// <param name="ct">Stops.</param>
    public async Task<View> DoneAsync(Order order, JobSnapshot job, IReadOnlyList<Picture> pictures, IReadOnlyList<int> kept, CancellationToken ct)
    {
        Words words = WordsOf(order);
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        List<IReadOnlyList<Button>> rows = [];
        if (order.Request.Count > 1)
        {
            rows.Add([.. kept.Select(i => new Button(Id(signer, order, ButtonAction.Pick, i), "U" + Numbers[i]))]);
            rows.Add([.. kept.Select(i => new Button(Id(signer, order, ButtonAction.Vary, i), "V" + Numbers[i]))]);
        }
        else
        {
            rows.Add(
            [
                new Button(Id(signer, order, ButtonAction.Vary), words.Line("button.vary"), Emoji: "✨"),
                new Button(Id(signer, order, ButtonAction.Enlarge), words.Line("button.enlarge"), Emoji: "🔍"),
            ]);
        }

        rows.Add(More(signer, order, words));
        RichText note = job.Status == JobStatus.Succeeded ? RichText.Empty : words.Say(
            job.Status == JobStatus.Cancelled ? "done.cancelled" : "done.partly", Filling.Of("n", kept.Count), Filling.Of("all", order.Request.Count));
        RichText parent = order.Parent is { } from ? words.Say("done.parent", Filling.Of("id", from)) : RichText.Empty;
        return new View
        {
            Body = Join(Quote(order), note, parent),
            Footer = Settings(order, words),
            Tone = Tone.Good,
            Pictures = pictures,
            Buttons = rows,
            Private = order.Private,
        };
    }

    /// <summary>Over, without pictures.</summary>
    public async Task<View> EmptyAsync(Order order, RichText why, bool again, CancellationToken ct)
    {
        Words words = WordsOf(order);
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        return new View
        {
            Body = Join(why, Quote(order)),
            Footer = Settings(order, words),
            Tone = again ? Tone.Warning : Tone.Neutral,
            Buttons = [More(signer, order, words)],
            Private = order.Private,
        };
    }

    /// <summary>The language of an order.</summary>
    public Words WordsOf(Order order) => new(texts, Language.Find(order.Language) ?? Language.English);

    private static List<Button> More(ButtonSigner signer, Order order, Words words) =>
    [
        new(Id(signer, order, ButtonAction.Again), words.Line("button.again"), ButtonStyle.Primary, "🔄"),
        new(Id(signer, order, ButtonAction.Edit), words.Line("button.edit"), Emoji: "✏️"),
        new(Id(signer, order, ButtonAction.Info), words.Line("button.info"), Emoji: "ℹ️"),
        new(Id(signer, order, ButtonAction.Favorite), words.Line("button.favorite"), Emoji: "⭐"),
        new(Id(signer, order, ButtonAction.Delete), words.Line("button.delete"), ButtonStyle.Danger, "🗑️"),
    ];

    /// <summary>The prompt as a quotation: what a stranger wrote, shortened and harmless.</summary>
    public static RichText Quote(Order order) => new([new Span(StrangerText.Shown(order.Prompt, MaxPrompt), SpanStyle.Quote)]);

    private static string Settings(Order order, Words words)
    {
        JobRequest request = order.Request;
        string all = words.Line(
            "order.settings", Filling.Of("model", request.Model), Filling.Of("size", $"{request.Width}×{request.Height}"), Filling.Of("steps", request.Steps),
            Filling.Of("guidance", Plain(request.Guidance)), Filling.Of("seed", request.Seeds[0]));
        string given = request.Picture is null ? "" : " · " + words.Line("order.given", Filling.Of("n", Plain(request.Strength)));
        string style = order.Style is null ? "" : " · " + words.Line("style." + order.Style);
        return $"{all}{given}{style} · {order.JobId}";
    }

    private static string Plain(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static RichText Join(params RichText[] parts)
    {
        RichText all = RichText.Empty;
        foreach (RichText part in parts.Where(part => !part.IsEmpty)) all = all.IsEmpty ? part : all.Append(RichText.Plain("\n")).Append(part);
        return all;
    }

    private static string Id(ButtonSigner signer, Order order, ButtonAction action, int index = 0) =>
        signer.Write(order.Place.Platform, new ButtonId(action, order.JobId, index));
}
