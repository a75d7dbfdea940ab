using CsCheck;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

public sealed class MergeTableTests
{
    [Fact]
    public void Long_words_merge_as_the_definition_says() => Gen.Select(
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7], Gen.Int[0, 7]).Array[1, 20], Gen.Int[0, 7].Array[49, 160]).Sample((merges, symbols) =>
    {
        var (table, naive) = (new MergeTable(), new Dictionary<(int Left, int Right), (int Rank, int Merged)>());
        for (var i = 0; i < merges.Length; i++)
        {
            table.Add(merges[i].Item1, merges[i].Item2, i, merges[i].Item3);
            naive.TryAdd((merges[i].Item1, merges[i].Item2), (i, merges[i].Item3));
        }
        var expected = symbols.ToList();
        while (true)
        {
            var places = Enumerable.Range(0, expected.Count - 1).Where(i => naive.ContainsKey((expected[i], expected[i + 1]))).ToArray();
            if (places.Length == 0) break;
            var at = places.MinBy(i => naive[(expected[i], expected[i + 1])].Rank);
            expected[at] = naive[(expected[at], expected[at + 1])].Merged;
            expected.RemoveAt(at + 1);
        }

        Assert.Equal(expected, symbols[..table.Merge(symbols)]);
    }, iter: 300);

    [Fact]
    public void A_word_of_a_million_letters_is_merged()
    {
        var table = new MergeTable();
        for (var i = 0; i < 10; i++) table.Add(i, i, i, i + 1);

        // 976 of 1024 letters, then 512 and 64.
        Assert.Equal(978, table.Merge(new int[1_000_000]));
    }
}
