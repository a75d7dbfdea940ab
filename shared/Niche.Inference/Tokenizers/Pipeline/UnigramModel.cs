using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// The likeliest way to cut a word into tokens (Kudo, 2018), found by Viterbi's algorithm; characters that no token covers are unknown, and cost more than
/// any token.
/// </summary>
/// <param name="scores">Log-probability of each id.</param>
/// <param name="trie">The tokens that a word may be cut into.</param>
/// <param name="least">The least of their scores.</param>
/// <param name="unknown">The token of unknown characters.</param>
/// <param name="bytes">The token of each byte, where unknown characters become bytes; else null.</param>
/// <param name="single">Whether scores are added in single precision.</param>
internal sealed class UnigramModel(IReadOnlyList<double> scores, TokenTrie trie, double least, int unknown, int[]? bytes, bool single)
{
    private const double Penalty = 10;

    /// <summary>Appends the ids of one word. Neighbouring unknown characters are one token.</summary>
    public void Encode(string word, List<int> ids)
    {
        var best = new (double Score, int From, int Id)[word.Length + 1];
        Array.Fill(best, (0, -1, 0));
        for (var at = 0; at < word.Length;)
        {
            Rune.DecodeFromUtf16(word.AsSpan(at), out _, out var character);
            var covered = false;
            foreach (var (length, id) in trie.All(word, at))
            {
                Offer(best, at, at + length, id, scores[id]);
                covered |= length == character;
            }
            if (!covered) Offer(best, at, at + character, unknown, least - Penalty);
            at += character;
        }
        Collect(word, best, ids);
    }

    private void Offer((double Score, int From, int Id)[] best, int from, int to, int id, double score)
    {
        var sum = best[from].Score + score;
        if (single) sum = (float)sum;
        if (best[to].From < 0 || sum > best[to].Score) best[to] = (sum, from, id);
    }

    private void Collect(string word, (double Score, int From, int Id)[] best, List<int> ids)
    {
        var cuts = new List<(int From, int To)>();
        for (var at = word.Length; at > 0; at = best[at].From) cuts.Add((best[at].From, at));
        var unknownBefore = false;
        for (var i = cuts.Count - 1; i >= 0; i--)
        {
            var (from, to) = cuts[i];
            var id = best[to].Id;
            if (id != unknown) ids.Add(id);
            else if (bytes is not null) foreach (var b in Encoding.UTF8.GetBytes(word[from..to])) ids.Add(bytes[b]);
            else if (!unknownBefore) ids.Add(unknown);
            unknownBefore = id == unknown;
        }
    }
}
