using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Niche.Bots.Discord.Rest;

/// <summary>The answer to a call: JSON, nothing (204), or an error.</summary>
/// <param name="Value">The JSON; undefined when there is none.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
public sealed record DiscordAnswer(JsonElement Value, DiscordError? Error)
{
    /// <summary>True when the call succeeded.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;

    /// <summary>Id of the object that came back, such as a message; null without one.</summary>
    public ulong? Id => Value.ValueKind == JsonValueKind.Object && Value.TryGetProperty("id", out JsonElement id)
        && id.ValueKind == JsonValueKind.String && ulong.TryParse(id.GetRawText().AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    /// <summary>A failure.</summary>
    public static DiscordAnswer Failed(DiscordError error) => new(default, error);
}
