using System.Globalization;

namespace Niche.Bots.Discord.Answers;

/// <summary>The right to answer an interaction, as it travels in places and message references. A secret for 15 minutes.</summary>
/// <param name="Application">The application that was asked.</param>
/// <param name="Token">Discord's token.</param>
/// <param name="IsOriginal">The message that carries it is the first answer, which has a name of its own.</param>
internal sealed record AnswerToken(ulong Application, string Token, bool IsOriginal)
{
    /// <summary>How long Discord takes it.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(15);

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it is void, or none of ours.</summary>
    public static AnswerToken? Read(string? text, DateTimeOffset? until, DateTimeOffset now)
    {
        if (text is null || until is not { } end || now >= end) return null;
        string[] parts = text.Split(' ');
        return parts.Length == 3 && parts[0] is "first" or "further" && ulong.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong application)
            ? new AnswerToken(application, parts[2], parts[0] == "first")
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(IsOriginal ? "first" : "further")} {Application} {Token}");
}
