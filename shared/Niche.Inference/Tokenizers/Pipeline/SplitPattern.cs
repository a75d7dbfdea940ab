using System.Text.RegularExpressions;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// A regular expression out of a file (Oniguruma's dialect, as the tokenizers library takes it). A match that takes longer than a second is given up:
/// those of the families take microseconds.
/// </summary>
internal sealed class SplitPattern
{
    private const int Longest = 4000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private readonly Regex _regex;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The expression.</param>
    /// <exception cref="FormatException">It uses what is not supported; the message names it.</exception>
    public SplitPattern(string pattern)
    {
        if (pattern.Length > Longest) throw new FormatException($"a pattern of more than {Longest} characters");
        var translated = new PatternTranslation(pattern).ToString();
        try
        {
            // Not NonBacktracking: it has no look-ahead, which most families need, and takes seconds over a word of 100,000 letters.
            _regex = new Regex(translated, RegexOptions.CultureInvariant, Limit);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"the pattern is not supported: {e.Message}", e);
        }
    }

    /// <summary>Matches in a text.</summary>
    /// <exception cref="InferenceException">The pattern takes too long over this text.</exception>
    public List<(int Start, int End)> Find(string text)
    {
        var (letters, places) = CategoryLetters.Of(text);
        var found = new List<(int, int)>();
        try
        {
            foreach (var match in _regex.EnumerateMatches(letters))
            {
                var (start, end) = (match.Index, match.Index + match.Length);
                found.Add(places is null ? (start, end) : (places[start], places[end]));
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new InferenceException("prompt_too_costly", "Cutting the prompt into words takes too long with this model's tokenizer; send a shorter or plainer one.");
        }
        return found;
    }
}
