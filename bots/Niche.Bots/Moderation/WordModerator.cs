using System.Text;
using Microsoft.Extensions.Options;
using Niche.Bots.Configuration;
using Niche.Bots.Orders;

namespace Niche.Bots.Moderation;

/// <summary>Judges prompts by the operator's word lists, whole words only, whatever stands between letters to hide them. Says nothing about pictures.</summary>
public sealed class WordModerator(IOptions<BotOptions> options) : IModerator
{
    /// <inheritdoc/>
    public ValueTask<Judgement> JudgePromptAsync(string prompt, CancellationToken ct)
    {
        string words = $" {Simplify(prompt)} ";
        bool Holds(IEnumerable<string> list) => list.Any(word => words.Contains($" {Simplify(word)} ", StringComparison.Ordinal));
        return ValueTask.FromResult(
            Holds(options.Value.DeniedWords) ? Judgement.Refused : Holds(options.Value.AdultWords) ? Judgement.Adult : Judgement.Fine);
    }

    /// <inheritdoc/>
    public ValueTask<Judgement> JudgePictureAsync(Order order, ReadOnlyMemory<byte> picture, CancellationToken ct) => ValueTask.FromResult(Judgement.Fine);

    // Letters and digits in lower case, one space for anything else; a dot or star inside of a word is left out.
    private static string Simplify(string text)
    {
        StringBuilder simple = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i])) simple.Append(char.ToLowerInvariant(text[i]));
            else if (text[i] is '.' or '*' or '-' or '_' && i > 0 && i + 1 < text.Length && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1])) continue;
            else if (simple.Length > 0 && simple[^1] != ' ') simple.Append(' ');
        }

        return simple.ToString().Trim();
    }
}
