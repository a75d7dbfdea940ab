using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary>What a file asks for and is not offered is refused by its name, and damage is told from it.</summary>
public sealed class TokenizerRefusalTests
{
    private static readonly string[] Splices = ["", "null", "{", "\"", "[]", "1", "true,", "\"type\":\"x\"", "\\ud800", "\"a\":\"b\","];

    [Theory]
    [InlineData("normalizer", """{"type":"NFKC"}""", "NFKC")]
    [InlineData("normalizer", """{"type":"Precompiled","precompiled_charsmap":"AAAA"}""", "Precompiled")]
    [InlineData("normalizer", """{"type":"Replace","pattern":{"Regex":"a"},"content":"b"}""", "regular expression")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "Whitespace")]
    [InlineData("pre_tokenizer", """{"type":"Split","pattern":{"Regex":"\\w+"},"behavior":"Isolated","invert":false}""", "\\w")]
    [InlineData("pre_tokenizer", """{"type":"ByteLevel","add_prefix_space":false,"use_magic":true}""", "use_magic")]
    [InlineData("post_processor", """{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0]}""", "RobertaProcessing")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"x","type_id":0}}],"special_tokens":{}}""", "behind")]
    [InlineData("decoder", """{"type":"WordPiece"}""", "WordPiece")]
    [InlineData("model.type", "\"WordLevel\"", "WordLevel")]
    [InlineData("model", """{"type":"Unigram","vocab":[["a",-1.5]]}""", "unk_id")]
    [InlineData("model.dropout", "0.1", "dropout")]
    [InlineData("model.end_of_word_suffix", "\"</w>\"", "end_of_word_suffix")]
    [InlineData("model.byte_fallback", "true", "byte_fallback")]
    [InlineData("new_feature", "1", "new_feature")]
    public void An_unsupported_part_is_named(string path, string json, string named)
    {
        var error = Assert.Throws<ModelFolderException>(() => Load(Changed(path, json)));

        Assert.Equal("tokenizer_unsupported", error.Code);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.vocab", "{}")]
    [InlineData("model.vocab", """{"a":-1}""")]
    [InlineData("model.vocab", """{"a":"1"}""")]
    [InlineData("model.vocab", """{"a":1e99}""")]
    [InlineData("model.merges", """["a"]""")]
    [InlineData("model.merges", """["a qqqqq"]""")]
    [InlineData("model.unk_token", "\"absent\"")]
    [InlineData("added_tokens", """[{"id":9999999,"content":"x"}]""")]
    [InlineData("added_tokens", """[{"id":1,"content":""}]""")]
    [InlineData("decoder", "null")]
    [InlineData("model", "7")]
    [InlineData("model", """{"type":"Unigram","unk_id":0,"vocab":[["a"]]}""")]
    [InlineData("model", """{"type":"Unigram","unk_id":1,"vocab":[["a",-1]]}""")]
    [InlineData("model", """{"type":"Unigram","unk_id":0,"vocab":[["a","b"]]}""")]
    public void A_damaged_part_is_named(string path, string json)
    {
        var error = Assert.Throws<ModelFolderException>(() => Load(Changed(path, json)));

        Assert.Equal("tokenizer_invalid", error.Code);
        Assert.Contains(path.Split('.')[^1] is "vocab" or "unk_token" ? "model" : path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_of_a_file_is_read_or_refused()
    {
        var text = Fixture("llama3").ToJsonString();
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[0, 12], Gen.Int[0, Splices.Length - 1]).Sample((at, cut, put) =>
        {
            try
            {
                Load(Encoding.UTF8.GetBytes(text[..at] + Splices[put] + text[Math.Min(text.Length, at + cut)..])).Encode("a <|eot_id|>");
            }
            catch (ModelFolderException)
            {
                // Refused.
            }
        }, iter: 300);
    }

    private static JsonNode Fixture(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"Fixtures/tokenizers/{name}.json")))!;

    private static byte[] Changed(string path, string json)
    {
        var root = Fixture("llama3");
        var at = root;
        var steps = path.Split('.');
        foreach (var step in steps[..^1]) at = at[step]!;
        at[steps[^1]] = JsonNode.Parse(json);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static ITextTokenizer Load(byte[] json) => TokenizerFolders.Load(new KeyValuePair<string, byte[]>("tokenizer.json", json));
}
