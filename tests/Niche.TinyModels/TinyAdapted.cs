using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>Tiny models that listen to more than words: their plain graphs have the weights of those of <see cref="TinyDiffusion"/>.</summary>
public static class TinyAdapted
{
    // What torch makes of two names for four outputs.
    private static readonly string[] TorchNames = ["down_block_res_samples", "mid_block_res_sample", "117", "121"];

    /// <summary>SD 1.5 with a ControlNet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="outputs">Names of the ControlNet's outputs in the order of the graph; null for those that torch gives.</param>
    /// <param name="middleFirst">Whether the middle block's comes first.</param>
    /// <param name="residuals">What the names of the UNet's inputs begin with.</param>
    /// <param name="channels">9 for a UNet that was trained to inpaint.</param>
    public static string Controlled(
        string path, IReadOnlyList<string>? outputs = null, bool middleFirst = false, string residuals = "down_block_additional_residual_", int channels = 4)
    {
        TinyDiffusion.StableDiffusion(path, channels: channels);
        return TinyFolder.Reopen(path)
            .Add("unet/model.onnx", TinyGraphs.Unet("sd/unet", channels, TinyDiffusion.Width, null, wholeTimesteps: true, more: [TinyControl.Residuals(residuals)]))
            .Add("controlnet/model.onnx", TinyControl.Net("sd/control", TinyDiffusion.Width, null, outputs ?? TorchNames, middleFirst))
            .Save();
    }

    /// <summary>SD 1.5 with its ControlNet inside the UNet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="nets">How many ControlNets the inputs promise.</param>
    public static string ControlledInside(string path, int nets = 1)
    {
        TinyDiffusion.StableDiffusion(path);
        var unet = TinyGraphs.Unet("sd/unet", 4, TinyDiffusion.Width, null, wholeTimesteps: true, output: "noise_pred", more: [TinyControl.Inside(TinyDiffusion.Width, nets)]);
        return TinyFolder.Reopen(path).Add("unet/model.onnx", unet).Save();
    }

    /// <summary>SDXL with a ControlNet that takes its scale.</summary>
    public static string ControlledXl(string path)
    {
        TinyDiffusion.Xl(path);
        return TinyFolder.Reopen(path)
            .Add("unet/model.onnx", TinyGraphs.Unet("xl/unet", 4, TinyDiffusion.Width + TinyDiffusion.Wider, TinyDiffusion.Pooled, wholeTimesteps: false, more: [TinyControl.Residuals()]))
            .Add("controlnet/model.onnx", TinyControl.Net("xl/control", TinyDiffusion.Width + TinyDiffusion.Wider, TinyDiffusion.Pooled, TorchNames, scale: true))
            .Save();
    }

    /// <summary>SD 1.5 whose UNet takes <c>image_embeds</c>, as diffusers exports it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="scale">Axes of the scale's input, "" for one number; null for a UNet that takes none.</param>
    /// <param name="close">Whether it looks at states instead of one vector.</param>
    public static string Seeing(string path, object[]? scale, bool close = false)
    {
        TinyDiffusion.StableDiffusion(path);
        var unet = TinyGraphs.Unet("sd/unet", 4, TinyDiffusion.Width, null, wholeTimesteps: true, more: [TinyVision.Embeds(scale, close)]);
        return TinyVision.AddEncoder(TinyFolder.Reopen(path)).Add("unet/model.onnx", unet).Save();
    }

    /// <summary>SDXL with a projection of its own, whose tokens follow those of the text, and with a ControlNet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="close">Whether it looks at states instead of one vector.</param>
    public static string SeeingTokens(string path, bool close = false)
    {
        const int Width = TinyDiffusion.Width + TinyDiffusion.Wider;
        ControlledXl(path);
        var unet = TinyGraphs.Unet("xl/unet", 4, Width, TinyDiffusion.Pooled, wholeTimesteps: false, TinyVision.Tokens, more: [TinyControl.Residuals(), TinyVision.TokenAttention(Width)]);
        return TinyVision.AddEncoder(TinyFolder.Reopen(path)).Add("unet/model.onnx", unet).Add("image_projection/model.onnx", TinyVision.Projection(Width, close)).Save();
    }

    /// <summary>SD3 with a ControlNet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="form">How its residuals are laid out; null for one by one.</param>
    /// <param name="words">Whether the ControlNet sees the text, and not only its pooled vector.</param>
    /// <param name="output">Name of the transformer's output.</param>
    /// <param name="pooled">Whether it sees the pooled text; the first ones were trained without.</param>
    public static string ControlledStableDiffusion3(string path, TransformerControlForm? form = null, bool words = true, string output = "out_hidden_states", bool? pooled = null)
    {
        TinyDiffusion.StableDiffusion3(path);
        form ??= TransformerControlForm.StableDiffusion3;
        var folder = TinyFolder.Reopen(path)
            .Add("transformer/model.onnx", TinyGraphs.Transformer("sd3/transformer", null, TinyDiffusion.Joint3, 2 * TinyDiffusion.Pooled, guidance: false, output, more: [TinyTransformerControl.Residuals(form)]))
            .Add("controlnet/model.onnx", TinyTransformerControl.Net("sd3/control", form, words ? TinyDiffusion.Joint3 : null, 2 * TinyDiffusion.Pooled));
        if (pooled is { } told) folder.Add("controlnet/config.json", $$"""{"force_zeros_for_pooled_projection":{{(told ? "false" : "true")}}}""");
        return folder.Save();
    }

    /// <summary>Flux with a ControlNet.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="form">How its residuals are laid out and what it sees; null for the latents of a picture of one kind.</param>
    public static string ControlledFlux(string path, TransformerControlForm? form = null)
    {
        TinyDiffusion.Flux(path);
        form ??= TransformerControlForm.Flux;
        return TinyFolder.Reopen(path)
            .Add("transformer/model.onnx", TinyGraphs.Transformer("flux/transformer", 64, TinyDiffusion.JointFlux, TinyDiffusion.Width, guidance: true, more: [TinyTransformerControl.Residuals(form)]))
            .Add("controlnet/model.onnx", TinyTransformerControl.Net("flux/control", form, TinyDiffusion.JointFlux, TinyDiffusion.Width))
            .Save();
    }

    /// <summary>SD3 or Flux whose transformer takes <c>image_embeds</c>.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="flux">Whether it is Flux.</param>
    /// <param name="scale">Axes of the scale's input; null for a transformer that takes none.</param>
    public static string SeeingTransformer(string path, bool flux, object[]? scale)
    {
        if (flux) TinyDiffusion.Flux(path);
        else TinyDiffusion.StableDiffusion3(path);
        var transformer = flux
            ? TinyGraphs.Transformer("flux/transformer", 64, TinyDiffusion.JointFlux, TinyDiffusion.Width, guidance: true, more: [TinyVision.TransformerEmbeds(scale, patches: true)])
            : TinyGraphs.Transformer("sd3/transformer", null, TinyDiffusion.Joint3, 2 * TinyDiffusion.Pooled, guidance: false, more: [TinyVision.TransformerEmbeds(scale, patches: false)]);
        return TinyVision.AddEncoder(TinyFolder.Reopen(path)).Add("transformer/model.onnx", transformer).Save();
    }

    /// <summary>SDXL's refiner on its own: the second text encoder alone, and a score of beauty.</summary>
    public static string Refiner(string path)
    {
        TinyDiffusion.Xl(path);
        return AsRefiner(TinyFolder.Reopen(path), "").Save();
    }

    /// <summary>SDXL with its refiner in the folder <c>refiner</c>.</summary>
    public static string Refined(string path)
    {
        TinyDiffusion.Xl(path);
        return AsRefiner(TinyFolder.Reopen(path), "refiner/").Save();
    }

    /// <summary>SDXL with a copy of itself in the folder <c>refiner</c>.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="scheduler">Scheduler configuration of both.</param>
    public static string RefinedByItself(string path, string scheduler)
    {
        TinyDiffusion.Xl(path, scheduler);
        var folder = TinyFolder.Reopen(path);
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).ToArray())
        {
            var name = Path.GetRelativePath(path, file).Replace('\\', '/');
            if (!name.StartsWith("vae", StringComparison.Ordinal) && name != "model.json") folder.Add($"refiner/{name}", File.ReadAllBytes(file));
        }
        return folder.Save();
    }

    /// <summary>The fourfold upscaler: a UNet that sees the small picture, told how noisy it is, and a decoder of three blocks.</summary>
    public static string Upscaler(string path)
    {
        TinyDiffusion.StableDiffusion(path, """{"_class_name":"DDIMScheduler","prediction_type":"v_prediction","beta_schedule":"scaled_linear","beta_start":0.0001,"beta_end":0.02,"clip_sample":false,"set_alpha_to_one":false,"steps_offset":1}""");
        return TinyFolder.Reopen(path)
            .Remove("vae_encoder/model.onnx").Remove("vae_encoder/config.json")
            .Add("model_index.json", """{"_class_name":"StableDiffusionUpscalePipeline","max_noise_level":350}""")
            .Add("low_res_scheduler/scheduler_config.json", """{"_class_name":"DDPMScheduler","beta_schedule":"scaled_linear","beta_start":0.0001,"beta_end":0.02}""")
            .Add("vae_decoder/config.json", """{"latent_channels":4,"scaling_factor":0.08333,"block_out_channels":[128,256,512]}""")
            .Add("vae_decoder/model.onnx", TinyGraphs.VaeDecoder("upscaler/decoder", 4, scale: 4))
            .Add("unet/model.onnx", TinyGraphs.Unet("upscaler/unet", 7, TinyDiffusion.Width, null, wholeTimesteps: true, more: [Labelled]))
            .Save();
    }

    private static string Labelled(GraphBuilder g)
    {
        g.Input("class_labels", ElementType.Whole, "batch");
        var label = g.Node("Reshape", [g.Node("Cast", ["class_labels"], ("to", (int)ElementType.Real)), g.Whole(-1, 1)]);
        return g.Node("Reshape", [g.Node("Sin", [g.Node("MatMul", [label, g.Weights("labels", 0.1f, 1, 4)])]), g.Whole(-1, 4, 1, 1)]);
    }

    private static TinyFolder AsRefiner(TinyFolder folder, string head)
    {
        if (head.Length == 0) folder.Remove("text_encoder/model.onnx");
        folder.Add($"{head}model_index.json", """{"_class_name":"StableDiffusionXLImg2ImgPipeline","requires_aesthetics_score":true,"force_zeros_for_empty_prompt":false}""")
            .Add($"{head}text_encoder_2/model.onnx", TinyGraphs.TextEncoder("refiner/two", TinyTokenizers.ClipWords, TinyDiffusion.Wider, 3, hiddenStates: true, ("text_embeds", TinyDiffusion.Pooled)))
            .Add($"{head}unet/model.onnx", TinyGraphs.Unet("refiner/unet", 4, TinyDiffusion.Wider, TinyDiffusion.Pooled, wholeTimesteps: false, sizes: 5));
        TinyTokenizers.AddClip(folder, $"{head}tokenizer_2/", TinyDiffusion.Window, "!");
        return folder;
    }
}
