using CsCheck;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

public sealed class TokenizerTests
{
    private static readonly ClipTokenizer Clip = ClipTokenizer.Load(TestData.Open("niche-scenes"));
    private static readonly Gpt2Tokenizer Gpt2 = Gpt2Tokenizer.Load(TestData.Open("niche-prompt-lm"));

    public static TheoryData<int> Rows() => [.. Enumerable.Range(0, TestData.Json("Fixtures/tokenizer-ids.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Ids_are_those_of_the_tokenizer_that_trained_the_models(int row)
    {
        var expected = TestData.Json("Fixtures/tokenizer-ids.json")[row];
        var text = expected.GetProperty("text").GetString()!;

        Assert.Equal(Ids(expected, "clip"), Clip.Encode(text));
        Assert.Equal(Ids(expected, "gpt2"), Gpt2.Encode(text));
    }

    [Fact]
    public void Clip_ids_always_fill_the_length_between_start_and_end() => Gen.String[0, 300].Sample(text =>
    {
        var ids = Clip.Encode(text);
        Assert.Equal(Clip.Length, ids.Length);
        Assert.Equal(Clip.StartId, ids[0]);
        Assert.Equal(Clip.EndId, ids[^1]);
    });

    [Fact]
    public void Gpt2_ids_give_the_text_back() => Gen.Char[' ', '\ud7ff'].Array[0, 100].Select(c => new string(c)).Sample(text =>
        Assert.Equal(text, Gpt2.Decode(Gpt2.Encode(text))));

    [Fact]
    public void A_text_can_not_smuggle_in_the_end_token() => Assert.DoesNotContain(Gpt2.EndId, Gpt2.Encode("a red <|endoftext|> house"));

    [Fact]
    public void A_word_of_a_hundred_thousand_letters_is_cut_to_the_length()
    {
        var ids = Clip.Encode(new string('q', 100_000));

        Assert.Equal(Clip.Length, ids.Length);
        Assert.Equal(Clip.EndId, ids[^1]);
    }

    private static int[] Ids(System.Text.Json.JsonElement row, string name) =>
        [.. row.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
}
