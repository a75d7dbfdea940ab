using System.Text.Encodings.Web;
using System.Text.Json;
using Niche.Bots.Incoming;

namespace Niche.Bots.Updates;

/// <summary>Events as queue messages: cut to bounds when written, checked when read.</summary>
public static class EventJson
{
    // Together they stay below 64 KiB even when every character becomes an escape of six bytes.
    private const int MaxText = Texts.StrangerText.MaxCharacters + 100, MaxShort = 100, MaxQuoted = 300, MaxFiles = 4, MaxOptions = 25, MaxReference = 1000;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes an event; what is longer than anything a person means is cut, so that it fits a message.</summary>
    public static string Write(QueuedEvent queued) =>
        JsonSerializer.Serialize(queued with { Happened = Cut(queued.Happened) }, Json).Replace('\uFFFE', ' ').Replace('\uFFFF', ' ');

    /// <summary>Reads an event.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static QueuedEvent Read(string json) =>
        JsonSerializer.Deserialize<QueuedEvent>(json, Json) is { Happened: not null } queued ? queued : throw new JsonException("The event is null.");

    private static BotEvent Cut(BotEvent happened) => happened switch
    {
        CommandEvent e => e with
        {
            User = Cut(e.User), Name = Short(e.Name), Text = Long(e.Text), Options = Cut(e.Options, e.Text.Length), Attachments = Cut(e.Attachments), Quoted = Cut(e.Quoted),
        },
        TextEvent e => e with { User = Cut(e.User), Text = Long(e.Text), Attachments = Cut(e.Attachments), Quoted = Cut(e.Quoted) },
        ButtonEvent e => e with { User = Cut(e.User), ButtonId = Short(e.ButtonId) },
        FormEvent e => e with { User = Cut(e.User), FormId = Short(e.FormId), Values = Cut(e.Values, 0) },
        MessageCommandEvent e => e with { User = Cut(e.User), Name = Short(e.Name), Target = Cut(e.Target)! },
        InlineChosenEvent e => e with { User = Cut(e.User), AnswerId = Short(e.AnswerId), Query = Long(e.Query) },
        _ => happened with { User = Cut(happened.User) },
    };

    private static BotUser Cut(BotUser user) => user with { Name = Short(user.Name), Locale = user.Locale is { Length: > 35 } ? null : user.Locale };

    private static QuotedMessage? Cut(QuotedMessage? quoted) => quoted is null ? null
        : quoted with { Text = To(quoted.Text, MaxQuoted), Attachments = Cut(quoted.Attachments) };

    private static Attachment[] Cut(IReadOnlyList<Attachment> files) => [.. files.Where(file => file.Reference.Length <= MaxReference).Take(MaxFiles)
        .Select(file => file with { FileName = Short(file.FileName), ContentType = file.ContentType is { } type ? Short(type) : null })];

    // One long text only: all others are names and numbers.
    private static Dictionary<string, string> Cut(IReadOnlyDictionary<string, string> values, int beside)
    {
        Dictionary<string, string> cut = new(StringComparer.Ordinal);
        int left = Math.Max(300, MaxText + 900 - beside);
        foreach ((string name, string value) in values.Take(MaxOptions))
        {
            string kept = To(value, Math.Min(MaxText, left));
            left -= kept.Length;
            cut[To(name, 32)] = kept;
        }

        return cut;
    }

    private static string Long(string text) => To(text, MaxText);

    private static string Short(string text) => To(text, MaxShort);

    private static string To(string text, int most) => text.Length <= most ? text : text[..most];
}
