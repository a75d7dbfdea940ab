using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary>Every family's structure against the tokenizers library: <c>Fixtures/make_text_tokenizers.py</c> says how its ids were computed.</summary>
public sealed class TextTokenizerTests
{
    private static readonly JsonElement Recorded = TestData.Json("Fixtures/text-tokenizer-ids.json");
    private static readonly string[] Texts = [.. Recorded.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!)];

    public static TheoryData<string> Families() => [.. Recorded.GetProperty("ids").EnumerateObject().Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Ids_are_those_of_the_tokenizers_library(string family)
    {
        var tokenizer = TokenizerFolders.Load($"{family}.json", "tokenizer.json");
        var rows = Recorded.GetProperty("ids").GetProperty(family);

        var wrong = Texts.Select((text, i) => (Text: text, Expected: Ids(rows[i]), Actual: tokenizer.Encode(text)))
            .Where(row => !row.Expected.SequenceEqual(row.Actual))
            .Select(row => $"{JsonSerializer.Serialize(row.Text)}: {string.Join(' ', row.Expected)} but {string.Join(' ', row.Actual)}");

        Assert.Empty(wrong);
        IEnumerable<int> start = tokenizer.StartId is { } id ? [id] : [];
        Assert.Equal(Ids(rows[Texts.Length]), start.Concat(tokenizer.Encode("a")));
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Bytes_of_plain_ids_give_the_text_back(string family)
    {
        var tokenizer = TokenizerFolders.Load($"{family}.json", "tokenizer.json");

        // Letters that Qwen would compose are left out; metaspace and unigram have no bytes to fall back to, starcoder sets a space before every word.
        Gen.Char[' ', '\u02ff'].Array[0, 60].Select(chars => new string(chars)).Where(text => !text.Contains('<', StringComparison.Ordinal)).Sample(text =>
        {
            var ids = tokenizer.Encode(text);
            var back = Encoding.UTF8.GetString([.. ids.SelectMany(id => tokenizer.Bytes(id).ToArray())]);
            if (family is not ("metaspace" or "starcoder" or "unigram")) Assert.Contains(back, new[] { text, " " + text });
            Assert.True(Encoding.UTF8.GetByteCount(text) <= (long)ids.Count * tokenizer.LongestToken);
        }, iter: 30);
    }

    [Theory]
    [InlineData("llama2")]
    [InlineData("llama3")]
    [InlineData("qwen2")]
    [InlineData("phi4-mini")]
    [InlineData("deepseek")]
    [InlineData("gemma")]
    [InlineData("unigram-bytes")]
    public void A_hostile_text_costs_little(string family)
    {
        var tokenizer = TokenizerFolders.Load($"{family}.json", "tokenizer.json");

        foreach (var unit in new[] { "a", " ", "the", "\n ", "<|", "\u0301", "'s", "\U0001d400", "A" })
        {
            var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
            Assert.InRange(tokenizer.Encode(text).Count, 1, 700_000);
        }
    }

    [Fact]
    public void Any_utf_16_has_ids()
    {
        var tokenizers = Families().Select(row => TokenizerFolders.Load($"{row.Data}.json", "tokenizer.json")).ToArray();
        Gen.Char['\0', '\uffff'].Array[0, 50].Select(chars => new string(chars)).Sample(
            text => Assert.All(tokenizers, tokenizer => Assert.All(tokenizer.Encode(text), id => Assert.InRange(id, 0, tokenizer.Count - 1))), iter: 60);
    }

    private static int[] Ids(JsonElement row) => [.. row.EnumerateArray().Select(id => id.GetInt32())];
}
