using Niche.Bots.Commands;
using Niche.Bots.Handling;
using Niche.Bots.Orders;
using Niche.Bots.Outgoing;
using Niche.Bots.Parsing;
using Niche.Bots.Texts;

namespace Niche.Bots.Handlers;

/// <summary>The form that opens an order for changes, filled with what it was; and what comes back from it.</summary>
public sealed class EditForm(CommandBook book, DraftReader drafts, OrderDesk desk, GivenPictures pictures)
{
    private const string PromptField = "prompt", NegativeField = "negative", SettingsField = "settings";
    private const int MaxPrompt = 4000, MaxTitle = 45;

    /// <summary>The form of an order.</summary>
    public static Form Of(Order order, string id, Words words) => new(
        id, Cut(words.Line("edit.title")),
        [
            new FormField(PromptField, Cut(words.Line("edit.prompt")), order.Prompt, Multiline: true, Required: true, MaxLength: MaxPrompt),
            new FormField(NegativeField, Cut(words.Line("edit.negative")), order.Request.NegativePrompt, MaxLength: 1000),
            new FormField(SettingsField, Cut(words.Line("edit.settings")), RequestText.Settings(order).Split(" --no ")[0], MaxLength: 400),
        ]);

    /// <summary>Orders what the form says.</summary>
    public Task OrderAsync(Visit visit, Order parent, IReadOnlyDictionary<string, string> values, CancellationToken ct)
    {
        Dictionary<string, string> said = new(StringComparer.Ordinal) { [PromptField] = values.GetValueOrDefault(PromptField) ?? "" };
        if (values.GetValueOrDefault(NegativeField) is { Length: > 0 } negative) said[NegativeField] = negative;
        return OrderAsync(visit, parent, said, values.GetValueOrDefault(SettingsField) ?? "", keepSeed: false, ct);
    }

    /// <summary>Orders what a reply to the order's message says: new words over the same settings and the same seed.</summary>
    public Task OrderAsync(Visit visit, Order parent, string reply, CancellationToken ct)
    {
        string text = reply.TrimStart();
        string command = "/" + CommandNames.Imagine;
        if (text.StartsWith(command, StringComparison.OrdinalIgnoreCase)) text = text[command.Length..];
        return OrderAsync(visit, parent, [], text, keepSeed: true, ct);
    }

    private async Task OrderAsync(Visit visit, Order parent, Dictionary<string, string> said, string text, bool keepSeed, CancellationToken ct)
    {
        CommandSpec imagine = book.Find(CommandNames.Imagine)!;
        (IReadOnlyDictionary<string, string> written, IReadOnlyList<Notice> faults) = CommandLine.Read(imagine, text);
        foreach ((string name, string value) in written) said.TryAdd(name, value);
        if (keepSeed)
        {
            said.TryAdd(PromptField, parent.Prompt);
            said.TryAdd("seed", parent.Request.Seeds[0].ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        Options read = OptionReader.Read(imagine, said);
        // What was painted from a picture is changed from that picture.
        (byte[]? given, bool lost) = await pictures.ReadAsync(parent, ct).ConfigureAwait(false);
        (OrderDraft? draft, IReadOnlyList<Notice> wrong) = drafts.Read(
            new Options(read.Values, [.. faults, .. read.Faults]), DraftReader.DefaultsOf(parent), parent.JobId, given, parent.Request.Strength);
        if (lost) await visit.RefuseAsync("done.given-expired", ct).ConfigureAwait(false);
        else if (draft is null) await visit.RefuseAsync(wrong, ct).ConfigureAwait(false);
        else await desk.PlaceAsync(visit, draft with { Spoiler = draft.Spoiler || parent.Spoiler }, ct).ConfigureAwait(false);
    }

    private static string Cut(string text) => text.Length <= MaxTitle ? text : text[..MaxTitle];
}
