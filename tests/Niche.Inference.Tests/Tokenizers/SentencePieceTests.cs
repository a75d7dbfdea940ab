using System.Text;
using System.Text.Json;
using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Tokenizers;

namespace Niche.Inference.Tests.Tokenizers;

/// <summary><c>tokenizer.model</c> against the sentencepiece library (<c>Fixtures/make_sentencepiece.py</c>).</summary>
public sealed class SentencePieceTests
{
    private static readonly JsonElement Recorded = TestData.Json("Fixtures/sentencepiece-ids.json");

    [Theory]
    [InlineData("llama", 1)]
    [InlineData("gemma", 2)]
    [InlineData("bytes-less", null)]
    [InlineData("unigram", 1)]
    [InlineData("unigram-bytes", 2)]
    public void Ids_are_those_of_the_sentencepiece_library(string name, int? start)
    {
        var tokenizer = TokenizerFolders.Load($"{name}.model", "tokenizer.model");
        var rows = Recorded.GetProperty("ids").GetProperty(name);
        var texts = Recorded.GetProperty("texts").EnumerateArray().Select(text => text.GetString()!).ToArray();

        Assert.All(texts.Select((text, i) => (text, i)), row => Assert.Equal(rows[row.i].EnumerateArray().Select(id => id.GetInt32()), tokenizer.Encode(row.text)));
        Assert.Equal(start, tokenizer.StartId);
    }

    [Fact]
    public void A_configuration_takes_the_start_token_away_adds_tokens_and_prefixes_only_the_beginning()
    {
        var plain = TokenizerFolders.Load("llama.model", "tokenizer.model");
        var added = TokenizerFolders.Load(
            File("tokenizer.model", Model("llama")),
            File("tokenizer_config.json", """{"add_bos_token":false,"legacy":false,"added_tokens_decoder":{"500":{"content":"<|user|>","special":true}}}"""u8.ToArray()));

        Assert.Null(added.StartId);
        Assert.Equal(501, added.Count);
        // Only the space that is there makes the second " the": no other is set before it.
        Assert.Equal([500, .. plain.Encode("the")], added.Encode("<|user|> the"));
        Assert.Equal([.. plain.Encode("the"), 500], added.Encode("the<|user|>"));
    }

    [Fact]
    public void Control_pieces_are_found_in_a_text_and_show_nothing()
    {
        var tokenizer = TokenizerFolders.Load("llama.model", "tokenizer.model");

        Assert.Equal([1, .. tokenizer.Encode("the"), 2], tokenizer.Encode("<s>the</s>"));
        Assert.Equal(0, tokenizer.Bytes(2).Length);
    }

    [Fact]
    public void Damage_and_unknown_kinds_are_refused_by_name()
    {
        Assert.Equal("tokenizer_invalid", Assert.Throws<ModelFolderException>(() => TokenizerFolders.Load(File("tokenizer.model", "no model"u8.ToArray()))).Code);
        // A model of words: trainer_spec { model_type: 3 } behind what is there wins.
        var error = Assert.Throws<ModelFolderException>(() => TokenizerFolders.Load(File("tokenizer.model", [.. Model("llama"), 0x12, 0x02, 0x18, 0x03])));
        Assert.Equal("tokenizer_unsupported", error.Code);
        Assert.Contains("type 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_change_of_a_file_is_read_or_refused()
    {
        var model = Model("gemma");
        Gen.Select(Gen.Int[0, model.Length - 1], Gen.Byte, Gen.Int[0, 40]).Sample((at, value, cut) =>
        {
            byte[] changed = [.. model[..at], value, .. model[Math.Min(model.Length, at + cut)..]];
            try
            {
                TokenizerFolders.Load(File("tokenizer.model", changed)).Encode("the red \u6771 <tag>");
            }
            catch (ModelFolderException)
            {
                // Refused.
            }
        }, iter: 300);
    }

    private static KeyValuePair<string, byte[]> File(string name, byte[] bytes) => new(name, bytes);

    private static byte[] Model(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, $"Fixtures/tokenizers/{name}.model"));
}
