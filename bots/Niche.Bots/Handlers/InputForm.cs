using System.Globalization;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Texts;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Handlers;

/// <summary>
/// The form that asks what to paint from the picture of a message. Which picture that was is kept for an hour under the id that the form carries: an id holds
/// no address, and forms come back without their message.
/// </summary>
public sealed class InputForm(ITableStore tables, TimeProvider time)
{
    /// <summary>How long somebody may fill it in.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private const string Row = "input", PromptField = "prompt", StrengthField = "strength";
    private const int MaxPrompt = 4000, MaxLabel = 45;
    private readonly JsonTable<KeptPicture> _kept = new(tables, BotNames.Inputs);

    /// <summary>The form.</summary>
    public static Form Of(string id, Words words) => new(
        id, Cut(words.Line("menu.input")),
        [
            new FormField(PromptField, Cut(words.Line("edit.prompt")), "", Multiline: true, Required: true, MaxLength: MaxPrompt),
            new FormField(
                StrengthField, Cut(words.Line("option.strength")), JobRequestValidator.DefaultStrength.ToString("0.##", CultureInfo.InvariantCulture), MaxLength: 10,
                Placeholder: string.Create(CultureInfo.InvariantCulture, $"{JobRequestValidator.Strengths.Min} – {JobRequestValidator.Strengths.Max}")),
        ]);

    /// <summary>Keeps a picture.</summary>
    /// <returns>What to find it by.</returns>
    public async Task<string> KeepAsync(Attachment picture, CancellationToken ct)
    {
        string id = TimeOrderedId.Create(time.GetUtcNow());
        await _kept.UpsertAsync(id, Row, new KeptPicture(picture, time.GetUtcNow() + Lifetime), ct).ConfigureAwait(false);
        return id;
    }

    /// <summary>The command that a form means; null when its picture is no longer kept.</summary>
    public async Task<CommandEvent?> ReadAsync(FormEvent sent, string id, CancellationToken ct)
    {
        if (await _kept.GetAsync(id, Row, ct).ConfigureAwait(false) is not { } kept || kept.Until < time.GetUtcNow()) return null;
        Dictionary<string, string> options = new(StringComparer.Ordinal) { [PromptField] = sent.Values.GetValueOrDefault(PromptField) ?? "" };
        if (sent.Values.GetValueOrDefault(StrengthField) is { Length: > 0 } strength) options[StrengthField] = strength;
        return new CommandEvent
        {
            Id = sent.Id, User = sent.User, Place = sent.Place, At = sent.At, Name = Commands.CommandNames.Imagine, Options = options, Attachments = [kept.Picture],
        };
    }

    private static string Cut(string text) => text.Length <= MaxLabel ? text : text[..MaxLabel];

    private sealed record KeptPicture(Attachment Picture, DateTimeOffset Until);
}
