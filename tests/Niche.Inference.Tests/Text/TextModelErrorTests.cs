using CsCheck;
using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels;
using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

/// <summary>Folders and prompts that cannot work: each says so by its type and code, before or instead of a wrong text.</summary>
public sealed class TextModelErrorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("niche-text-").FullName;

    public static TheoryData<string, string, string> Configurations() => new()
    {
        { "\"num_hidden_layers\":2", "\"num_hidden_layers\":3", "graph_invalid" },
        { "\"num_key_value_heads\":2", "\"num_key_value_heads\":4", "graph_invalid" },
        { "\"head_dim\":4", "\"head_dim\":5", "graph_invalid" },
        { "\"vocab_size\":272", "\"vocab_size\":300", "graph_invalid" },
        { "\"num_hidden_layers\":2", "\"num_hidden_layers\":1", "graph_invalid" },
        { "\"num_hidden_layers\":2", "\"num_hidden_layers\":0", "config_invalid" },
        { "\"num_hidden_layers\":2", "\"num_hidden_layers\":\"two\"", "config_invalid" },
        { "\"vocab_size\":272", "\"vocab_size\":1e99", "config_invalid" },
        { "\"eos_token_id\":263", "\"eos_token_id\":272", "config_invalid" },
        { "\"eos_token_id\":263", "\"eos_token_id\":[1,[2]]", "config_invalid" },
        { "\"eos_token_id\":263", "\"eos_token_id\":null", "config_invalid" },
        { "\"max_position_embeddings\":64", "\"rope\":64", "config_invalid" },
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_configuration_that_does_not_fit_is_told_when_the_model_is_loaded(string part, string change, string code)
    {
        var json = File.ReadAllText(Path.Combine(TinyText.Write(Fresh(), TinyTextForm.Llama), "config.json"));
        Assert.Contains(part, json, StringComparison.Ordinal);

        var error = Assert.Throws<ModelFolderException>(() => Load(folder => folder.Add("config.json", json.Replace(part, change, StringComparison.Ordinal))));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void No_configuration_gets_past_its_reader_with_anything_but_a_typed_error()
    {
        string[] names = ["num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim", "hidden_size", "vocab_size", "eos_token_id", "max_position_embeddings", "n_layer"];
        string[] values = ["null", "true", "-1", "0", "1", "4", "64", "2147483648", "1e999", "0.5", "\"4\"", "[]", "[4]", "[null]", "{}"];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1]).Array[0, 12].Sample(pairs =>
        {
            var json = $"{{{string.Join(',', pairs.Select(pair => $"\"{names[pair.Item1]}\":{values[pair.Item2]}"))}}}";
            var folder = new TinyFolder(Fresh()).Add("config.json", json).Add("generation_config.json", pairs.Length % 2 == 0 ? "[]" : "{\"eos_token_id\":[0,1]}");
            try
            {
                DecoderConfig.Load(ModelFolder.Open(folder.Finish("fuzz", "text", "")));
            }
            catch (ModelFolderException e)
            {
                Assert.Equal("config_invalid", e.Code);
            }
        }, iter: 200);
    }

    [Fact]
    public void The_end_tokens_of_the_generation_configuration_count_before_those_of_the_model()
    {
        string Write(string generation) => TinyText.Write(Fresh(), TinyTextForm.Llama, folder => folder.Add("generation_config.json", generation));

        Assert.Equal([7, 9], DecoderConfig.Load(ModelFolder.Open(Write("""{"eos_token_id":[7,9]}"""))).EndIds.Order());
        Assert.Equal([263], DecoderConfig.Load(ModelFolder.Open(Write("""{"eos_token_id":null}"""))).EndIds);
    }

    [Fact]
    public void A_missing_tokenizer_names_its_file()
    {
        var folder = new TinyFolder(Fresh()).Add("config.json", File.ReadAllText(Path.Combine(TinyText.Write(Fresh(), TinyTextForm.Llama), "config.json")))
            .Add("model.onnx", TinyTextGraph.Build(TinyTextForm.Llama));

        var error = Assert.Throws<ModelFolderException>(() =>
            TextGenerator.Load(ModelFolder.Open(folder.Finish("without", "text", "")), new SessionSettings(1), TimeProvider.System));

        Assert.Equal("file_missing", error.Code);
        Assert.Contains("vocab.json", error.File, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_are_not_finite_end_the_text_that_met_them_and_no_other()
    {
        using var generator = Load(null, TinyTextForm.Llama with { Poison = '!' });

        var error = Assert.Throws<InferenceException>(() => Complete(generator, "what!"));

        Assert.Equal("logits_not_finite", error.Code);
        Assert.NotEmpty(Complete(generator, "what").Pieces);
    }

    [Fact]
    public void A_prompt_of_a_hundred_thousand_tokens_is_refused_before_it_is_cut_into_tokens()
    {
        using var generator = Load(null);
        var prompt = new string('x', 100_000);
        var start = TimeProvider.System.GetTimestamp();

        // A single word: cutting it would take minutes.
        for (var i = 0; i < 100; i++) Assert.Equal("prompt_too_long", Assert.Throws<InferenceException>(() => Complete(generator, prompt)).Code);

        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static TextResult Complete(TextGenerator generator, string prompt) =>
        generator.Complete(new TextRequest { Prompt = prompt, MaxTokens = 3 }, TestContext.Current.CancellationToken);

    private TextGenerator Load(Action<TinyFolder>? change, TinyTextForm? form = null) =>
        TextGenerator.Load(ModelFolder.Open(TinyText.Write(Fresh(), form ?? TinyTextForm.Llama, change)), new SessionSettings(1), TimeProvider.System);

    private string Fresh() => Path.Combine(_root, Guid.NewGuid().ToString("N"));
}
