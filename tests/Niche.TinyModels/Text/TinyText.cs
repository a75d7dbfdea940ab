namespace Niche.TinyModels.Text;

/// <summary>Complete folders of tiny decoder-only models in optimum's layout.</summary>
public static class TinyText
{
    /// <summary>Writes a model that ends texts with the last token of its tokenizer.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="form">Family and export.</param>
    /// <param name="change">Last word on the files.</param>
    public static string Write(string path, TinyTextForm form, Action<TinyFolder>? change = null)
    {
        var folder = new TinyFolder(path);
        TinyTokenizers.AddGpt2(folder, form.Tokens);
        folder.Add("config.json", $$"""
            {"model_type":"{{form.Family}}","num_hidden_layers":{{TinyTextForm.Layers}},"hidden_size":{{form.Width}},"num_attention_heads":{{TinyTextForm.Heads}},
            "num_key_value_heads":{{TinyTextForm.CacheHeads}},"head_dim":{{form.HeadSize}},"vocab_size":{{form.Vocabulary}},
            "max_position_embeddings":{{form.Context}},"eos_token_id":{{form.Tokens - 1}}}
            """);
        folder.Add("model.onnx", TinyTextGraph.Build(form));
        change?.Invoke(folder);
        return folder.Finish($"tiny-{form.Family}", "text", "");
    }
}
