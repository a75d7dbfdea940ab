using System.Text;
using Niche.Bots.Handling;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Texts;

namespace Niche.Bots.Talks;

/// <summary>Shows a text while it grows: by drafts where the platform has them, else by edits, as often as the platform allows and no oftener.</summary>
internal sealed class TalkWriter(Visit visit, TimeProvider time)
{
    private const string Pen = "▌";
    private readonly ILiveText? _live = visit.IsPrivate ? null : visit.Platform.OpenLiveText(visit.Place);
    private readonly StringBuilder _text = new();
    private long _shownAt;
    private TimeSpan _pause;

    /// <summary>The message; null while drafts are shown.</summary>
    public MessageRef? Message { get; set; }

    /// <summary>The text so far.</summary>
    public string Text => StrangerText.Clean(_text.ToString());

    /// <summary>Shows that an answer is coming.</summary>
    public async Task BeginAsync(string said, CancellationToken ct)
    {
        if (_live is null) Message ??= await visit.AnswerAsync(Look(said, "", Tone.Busy), ct).ConfigureAwait(false);
        else await visit.Platform.ShowBusyAsync(visit.Place, picture: false, ct).ConfigureAwait(false);
        _shownAt = time.GetTimestamp();
    }

    /// <summary>Adds a piece; shows it when it is time. A platform that is busy is left alone for as long as it asks.</summary>
    public async Task AddAsync(string said, string piece, CancellationToken ct)
    {
        _text.Append(piece);
        TimeSpan pace = _live?.UpdateEvery
            ?? (visit.Place.Kind == Incoming.ChannelKind.Private ? visit.Platform.Limits.EditEvery : visit.Platform.Limits.EditEveryInGroup);
        if (time.GetElapsedTime(_shownAt) < (pace > _pause ? pace : _pause)) return;
        _pause = TimeSpan.Zero;
        try
        {
            if (_live is not null) await _live.UpdateAsync(Body(said, Text + Pen), ct).ConfigureAwait(false);
            else if (Message is not null) Message = await visit.Platform.EditAsync(Message, Look(said, Text, Tone.Busy), ct).ConfigureAwait(false);
        }
        catch (PlatformException e) when (e.Fault is PlatformFault.Busy or PlatformFault.Unavailable)
        {
            _pause = e.RetryAfter ?? TimeSpan.FromSeconds(2);
        }

        _shownAt = time.GetTimestamp();
    }

    /// <summary>Shows the whole.</summary>
    public async Task EndAsync(View view, CancellationToken ct) => Message = Message is { } shown
        ? await visit.Platform.EditAsync(shown, view, ct).ConfigureAwait(false)
        : await visit.AnswerAsync(view, ct).ConfigureAwait(false);

    /// <summary>The question as a quotation and the answer below it.</summary>
    public static RichText Body(string said, string text) => new(
        [new Span(StrangerText.Shown(said, 300), SpanStyle.Quote), new Span("\n" + StrangerText.Shown(text, 3000))]);

    private View Look(string said, string text, Tone tone) => new() { Body = Body(said, text + Pen), Tone = tone, Private = visit.IsPrivate };
}
