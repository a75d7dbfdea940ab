using System.Net;
using System.Text;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Terminal.Client;

/// <summary>A conversation as one HTML page: what was typed, and every message as it looked at the end, with its pictures inside.</summary>
public sealed class TranscriptPage
{
    private const string Style = """
        body{margin:0;background:#17191f;color:#e6e8ee;font:15px/1.45 "Noto Sans","Noto Sans CJK SC","Segoe UI",sans-serif}
        main{max-width:640px;margin:0 auto;padding:20px}
        .said{margin:16px 0 6px auto;width:fit-content;max-width:85%;background:#3b5bdb;border-radius:14px 14px 4px 14px;padding:8px 14px}
        .view{background:#22252e;border-left:4px solid #6b7280;border-radius:8px;padding:12px 16px;margin:6px 0 10px}
        .Busy{border-color:#f5b83d}.Good{border-color:#4cc38a}.Warning{border-color:#f08c3a}.Bad{border-color:#e5484d}
        h3{margin:0 0 6px;font-size:16px}.body,.field{white-space:pre-wrap}.quote{border-left:3px solid #555b6b;padding-left:10px;color:#b9bfcc;margin:2px 0}
        code{background:#14161b;border-radius:4px;padding:1px 5px;color:#8fd0ff}.fields{display:flex;flex-wrap:wrap;gap:4px 24px;margin-top:8px}
        .field b{display:block;color:#9aa1b1;font-size:12px}img{display:block;border-radius:8px;margin-top:10px;max-width:100%}
        .row{display:flex;flex-wrap:wrap;gap:6px;margin-top:8px}.button{background:#363b48;border-radius:7px;padding:5px 12px;font-size:14px}
        .Primary{background:#3b5bdb}.Danger{background:#7d2b30}.menu{border:1px solid #4a5060;border-radius:7px;padding:5px 12px;margin-top:8px;color:#9aa1b1}
        footer{color:#7f8696;font-size:12px;margin-top:8px;overflow-wrap:anywhere}
        """;

    private readonly List<(string? Said, IReadOnlyList<byte[]> Files, string? Message)> _order = [];
    private readonly Dictionary<string, (View? View, List<byte[]> Pictures)> _messages = new(StringComparer.Ordinal);

    /// <summary>The person typed, and sent files along.</summary>
    public void Say(string line, IReadOnlyList<byte[]> files) => _order.Add((line, files, null));

    /// <summary>A message was sent, changed or deleted.</summary>
    public void Show(TerminalNews news)
    {
        if (!_messages.ContainsKey(news.Message)) _order.Add((null, [], news.Message));
        _messages[news.Message] = (news.View, []);
    }

    /// <summary>A picture of a message arrived.</summary>
    public void Add(string message, byte[] picture) => _messages[message].Pictures.Add(picture);

    /// <summary>The page.</summary>
    public string Write()
    {
        StringBuilder page = new($"<!doctype html><meta charset=utf-8><title>niche chat</title><style>{Style}</style><main>");
        foreach ((string? said, IReadOnlyList<byte[]> files, string? message) in _order)
        {
            if (said is not null)
            {
                page.Append("<div class=said>").Append(Text(said));
                foreach (byte[] file in files) page.Append(Image(file));
                page.Append("</div>");
            }
            else if (_messages[message!].View is { } view) Write(page, view, _messages[message!].Pictures);
        }

        return page.Append("</main>").ToString();
    }

    private static void Write(StringBuilder page, View view, List<byte[]> pictures)
    {
        page.Append("<div class=\"view ").Append(view.Tone).Append("\">");
        if (view.Title is { } title) page.Append("<h3>").Append(Text(title)).Append("</h3>");
        page.Append("<div class=body>").Append(Rich(view.Body)).Append("</div>");
        if (view.Fields.Count > 0)
        {
            page.Append("<div class=fields>");
            foreach (ViewField field in view.Fields) page.Append("<div class=field><b>").Append(Text(field.Name)).Append("</b>").Append(Rich(field.Value)).Append("</div>");
            page.Append("</div>");
        }

        foreach (byte[] picture in pictures) page.Append(Image(picture));
        foreach (IReadOnlyList<Button> row in view.Buttons)
        {
            page.Append("<div class=row>");
            foreach (Button button in row) page.Append("<span class=\"button ").Append(button.Style).Append("\">").Append(Text($"{button.Emoji} {button.Label}".Trim())).Append("</span>");
            page.Append("</div>");
        }

        if (view.Menu is { } menu) page.Append("<div class=menu>").Append(Text(menu.Placeholder)).Append(" ▾</div>");
        if (view.Footer is { } footer) page.Append("<footer>").Append(Text(footer)).Append("</footer>");
        page.Append("</div>");
    }

    private static string Image(byte[] picture) => $"<img alt=\"\" src=\"data:image/png;base64,{Convert.ToBase64String(picture)}\">";

    private static string Rich(RichText text) => string.Concat(text.Spans.Select(span => span.Style switch
    {
        SpanStyle.Bold => $"<b>{Text(span.Text)}</b>",
        SpanStyle.Italic => $"<i>{Text(span.Text)}</i>",
        SpanStyle.Code => $"<code>{Text(span.Text)}</code>",
        SpanStyle.Quote => $"<div class=quote>{Text(span.Text)}</div>",
        _ => Text(span.Text),
    }));

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
