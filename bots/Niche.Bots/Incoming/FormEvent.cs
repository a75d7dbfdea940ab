namespace Niche.Bots.Incoming;

/// <summary>A form was sent.</summary>
public sealed record FormEvent : BotEvent
{
    /// <summary><see cref="Outgoing.Form.Id"/> as it came back: a stranger may have made it up.</summary>
    public required string FormId { get; init; }

    /// <summary>Texts by <see cref="Outgoing.FormField.Id"/>.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>The message whose button opened the form; null when unknown.</summary>
    public Outgoing.MessageRef? Message { get; init; }
}
