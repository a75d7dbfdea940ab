namespace Niche.Bots.Incoming;

/// <summary>A command: with structured options (Discord), or with everything in one text (Telegram, terminal: <c>/imagine a house --ar 3:2</c>).</summary>
public sealed record CommandEvent : BotEvent
{
    /// <summary>Name without slash and bot name, as it was typed; unknown names are answered by the core.</summary>
    public required string Name { get; init; }

    /// <summary>Options by name, numbers and booleans as invariant text (<c>7.5</c>, <c>true</c>). Empty when everything is in <see cref="Text"/>.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands behind the name in text form; empty when none.</summary>
    public string Text { get; init; } = "";

    /// <summary>Files, those of options with <see cref="Attachment.Option"/>.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The message that the command replies to; null when none.</summary>
    public QuotedMessage? Quoted { get; init; }
}
