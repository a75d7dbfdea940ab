using Niche.Inference.Models;
using Niche.Inference.Tokenizers;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary>Held against the most probable of all ways to cut a text, found by trying every one.</summary>
public sealed class T5TokenizerTests : IDisposable
{
    private const int Length = 24;
    private readonly string _root = Directory.CreateTempSubdirectory("niche-t5-").FullName;
    private readonly T5Tokenizer _tokenizer;

    public T5TokenizerTests()
    {
        var folder = new TinyFolder(_root);
        TinyTokenizers.AddT5(folder, "t5/", Length);
        _tokenizer = T5Tokenizer.Load(ModelFolder.Open(folder.Finish("t5", "text", "")), "t5/", 512);
    }

    [Theory]
    [InlineData("a red house")]
    [InlineData("the red red rehouse")]
    [InlineData("house")]
    [InlineData("use the ho")]
    public void Pieces_are_the_most_probable_ones(string text)
    {
        var ids = _tokenizer.Encode(text);
        var expected = Best("\u2581" + text.Replace(' ', '\u2581')).Ids;

        Assert.Equal(Length, ids.Length);
        Assert.Equal([.. expected, 1, .. new int[Length - expected.Count - 1]], ids);
    }

    [Fact]
    public void Long_texts_are_cut_and_still_end() => Assert.Equal(1, _tokenizer.Encode(string.Concat(Enumerable.Repeat("house ", 100)))[^1]);

    [Fact]
    public void Nothing_is_an_end_and_padding() => Assert.Equal([1, .. new int[Length - 1]], _tokenizer.Encode(""));

    [Fact]
    public void A_damaged_model_is_refused_by_name()
    {
        var broken = Path.Combine(_root, "broken");
        var folder = new TinyFolder(broken).Add("spiece.model", "no protocol buffer at all"u8.ToArray()).Add("tokenizer_config.json", "{}");

        var error = Assert.Throws<ModelFolderException>(() => T5Tokenizer.Load(ModelFolder.Open(folder.Finish("t5", "text", "")), "", 512));

        Assert.Contains("spiece.model", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static (float Score, List<int> Ids) Best(string rest)
    {
        if (rest.Length == 0) return (0, []);
        (float Score, List<int> Ids) best = (float.NegativeInfinity, []);
        for (var i = 0; i < TinyTokenizers.Pieces.Count; i++)
        {
            var (piece, score) = TinyTokenizers.Pieces[i];
            if (!rest.StartsWith(piece, StringComparison.Ordinal)) continue;
            var after = Best(rest[piece.Length..]);
            if (score + after.Score > best.Score) best = (score + after.Score, [i + 3, .. after.Ids]);
        }
        return best;
    }
}
