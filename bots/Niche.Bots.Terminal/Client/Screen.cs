using System.Globalization;
using System.Text;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;

namespace Niche.Bots.Terminal.Client;

/// <summary>Writes views as lines. A message that changes says only what is new; buttons and menu entries are numbers of the newest message that has any.</summary>
internal sealed class Screen(TextWriter output, bool color)
{
    private const int MaxAbout = 32;
    private const string Pen = "▌", Bold = "\u001b[1m", Dim = "\u001b[2m", Cyan = "\u001b[36m", Off = "\u001b[0m";
    private readonly Dictionary<string, string> _bodies = new(StringComparer.Ordinal);
    private readonly List<(string Message, string Id)> _buttons = [];
    private readonly List<string> _labels = [];
    private string? _awaited;

    /// <summary>The newest message says that work is under way.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>The button behind a number; nulls when there is none.</summary>
    public (string? Message, string? Button) Press(int number) =>
        number >= 1 && number <= _buttons.Count ? _buttons[number - 1] : (null, null);

    /// <summary>What a button says.</summary>
    public string LabelOf(int number) => _labels[number - 1];

    /// <summary>The message that awaits a reply, once.</summary>
    public string? TakeAwaited()
    {
        string? awaited = _awaited;
        _awaited = null;
        return awaited;
    }

    /// <summary>Shows news.</summary>
    public void Show(TerminalNews news)
    {
        if (news.View is not { } view)
        {
            _bodies.Remove(news.Message);
            output.WriteLine(Styled("(deleted)", Dim));
            return;
        }

        IsBusy = view.Tone == Tone.Busy;
        string body = view.Body.ToString();
        string? before = _bodies.GetValueOrDefault(news.Message)?.TrimEnd(Pen[0]);
        _bodies[news.Message] = body;
        if (before is not null && before.Length > 0 && view.Fields.Count == 0 && body.TrimEnd(Pen[0]).StartsWith(before, StringComparison.Ordinal) && view.Pictures.Count == 0)
        {
            output.Write(body.TrimEnd(Pen[0])[before.Length..]);
            if (!IsBusy) output.WriteLine();
        }
        else if (before is not null && IsBusy)
        {
            // Several orders may be open: the first words say which one.
            string about = StrangerText.Shown(body.ReplaceLineEndings(" ").Trim(), MaxAbout);
            output.WriteLine(Styled(string.Join(" · ", view.Fields.Select(field => $"{field.Name}: {field.Value}").Prepend(view.Title ?? "").Prepend(about)), Dim));
        }
        else
        {
            Whole(view);
        }

        if (view.AwaitReply is not null) _awaited = news.Message;
        // An older message that only goes on does not take the numbers from a newer one.
        if (before is null || !IsBusy || _labels.Count == 0) Buttons(news.Message, view);
        output.Flush();
    }

    /// <summary>Shows a picture that was saved.</summary>
    public void ShowPicture(byte[] file, string path)
    {
        if (color && HalfBlocks.Draw(file) is { } art) output.Write(art);
        output.WriteLine(Styled(path, Dim));
        output.Flush();
    }

    private void Whole(View view)
    {
        if (view.Title is { } title) output.WriteLine(Styled(title, Bold));
        string body = string.Concat(view.Body.Spans.Select(Text));
        bool growing = body.EndsWith(Pen, StringComparison.Ordinal);
        if (growing) output.Write(body.TrimEnd(Pen[0]));
        else if (body.Length > 0) output.WriteLine(body);
        foreach (ViewField field in view.Fields) output.WriteLine(Styled(field.Name + ":", Bold) + Indented(string.Concat(field.Value.Spans.Select(Text))));
        if (view.Footer is { } footer) output.WriteLine(Styled(footer, Dim));
    }

    // Several lines stand below their name, all alike.
    private static string Indented(string value) =>
        value.Contains('\n', StringComparison.Ordinal) ? "\n  " + value.Replace("\n", "\n  ", StringComparison.Ordinal) : " " + value;

    private void Buttons(string message, View view)
    {
        List<(string Id, string Label)> all =
        [
            .. view.Buttons.SelectMany(row => row).Where(button => button is { Disabled: false, Link: null }).Select(button => (button.Id, $"{button.Emoji} {button.Label}".Trim())),
            .. view.Menu?.Entries.Select(entry => (entry.Id, entry.Label + (entry.Chosen ? " ✓" : ""))) ?? [],
        ];
        if (all.Count == 0) return;
        bool same = _buttons.Select(button => button.Id).SequenceEqual(all.Select(button => button.Id)) && _buttons[0].Message == message;
        _buttons.Clear();
        _buttons.AddRange(all.Select(button => (message, button.Id)));
        _labels.Clear();
        _labels.AddRange(all.Select(button => button.Label));
        if (!same) output.WriteLine(string.Join("  ", all.Select((button, i) => Styled(string.Create(CultureInfo.InvariantCulture, $"[{i + 1}]"), Cyan) + " " + button.Label)));
    }

    private string Text(Span span) => span.Style switch
    {
        SpanStyle.Bold => Styled(span.Text, Bold),
        SpanStyle.Code => Styled(span.Text, Cyan),
        SpanStyle.Quote => "│ " + span.Text.Replace("\n", "\n│ ", StringComparison.Ordinal) + "\n",
        SpanStyle.Link => $"{span.Text} ({span.Link})",
        _ => span.Text,
    };

    private string Styled(string text, string style) => color ? style + text + Off : text;
}
