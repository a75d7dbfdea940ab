namespace Niche.TinyModels;

/// <summary>Complete folders of tiny diffusion models, one for each family, in the layout that optimum and diffusers write.</summary>
public static class TinyDiffusion
{
    public const int Window = 16;
    public const int Width = 12;
    public const int Wider = 20;
    public const int Pooled = 10;

    /// <summary>Width of the text that SD3's transformer sees.</summary>
    public const int Joint3 = 40;

    /// <summary>Width of the text that Flux's transformer sees.</summary>
    public const int JointFlux = 24;

    private const string More = ""","pipelines":["txt2img"],"sizes":[{"width":64,"height":64}],"steps":{"min":1,"max":50,"default":4},"guidance":{"min":1,"max":10,"default":4}""";

    /// <summary>SD 1.5: one encoder, epsilon, PNDM.</summary>
    public static string StableDiffusion(string path, string scheduler = """{"_class_name":"PNDMScheduler","skip_prk_steps":true,"steps_offset":1,"beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012}""", int channels = 4)
    {
        var folder = new TinyFolder(path);
        AddUnetFamily(folder, "StableDiffusionPipeline", scheduler);
        TinyTokenizers.AddClip(folder, "tokenizer/", Window);
        folder.Add("text_encoder/model.onnx", TinyGraphs.TextEncoder("sd/text", TinyTokenizers.ClipWords, Width, 3, hiddenStates: true, ("pooler_output", Width)));
        folder.Add("unet/model.onnx", TinyGraphs.Unet("sd/unet", channels, Width, null, wholeTimesteps: true));
        return folder.Finish("tiny-sd", "image", More);
    }

    /// <summary>SD 2: padded with "!", v-prediction, trailing timesteps from zero signal.</summary>
    public static string StableDiffusion2(string path)
    {
        var folder = new TinyFolder(path);
        AddUnetFamily(folder, "StableDiffusionPipeline",
            """{"_class_name":"EulerDiscreteScheduler","prediction_type":"v_prediction","timestep_spacing":"trailing","rescale_betas_zero_snr":true,"beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012}""");
        TinyTokenizers.AddClip(folder, "tokenizer/", Window, "!");
        folder.Add("text_encoder/model.onnx", TinyGraphs.TextEncoder("sd2/text", TinyTokenizers.ClipWords, Width, 2, hiddenStates: false, null));
        folder.Add("unet/model.onnx", TinyGraphs.Unet("sd2/unet", 4, Width, null, wholeTimesteps: false));
        return folder.Finish("tiny-sd2", "image", More);
    }

    /// <summary>SDXL and what was distilled from it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="scheduler">Scheduler configuration: Euler for the base model, trailing Euler for Lightning, Euler a for Turbo, LCM.</param>
    public static string Xl(string path, string scheduler = """{"_class_name":"EulerDiscreteScheduler","timestep_spacing":"leading","steps_offset":1,"beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012}""")
    {
        var folder = new TinyFolder(path);
        AddUnetFamily(folder, "StableDiffusionXLPipeline", scheduler, scaling: "0.13025");
        TinyTokenizers.AddClip(folder, "tokenizer/", Window);
        TinyTokenizers.AddClip(folder, "tokenizer_2/", Window, "!");
        folder.Add("text_encoder/model.onnx", TinyGraphs.TextEncoder("xl/one", TinyTokenizers.ClipWords, Width, 3, hiddenStates: true, ("pooler_output", Width)));
        folder.Add("text_encoder_2/model.onnx", TinyGraphs.TextEncoder("xl/two", TinyTokenizers.ClipWords, Wider, 3, hiddenStates: true, ("text_embeds", Pooled)));
        folder.Add("unet/model.onnx", TinyGraphs.Unet("xl/unet", 4, Width + Wider, Pooled, wholeTimesteps: false));
        return folder.Finish("tiny-xl", "image", More);
    }

    /// <summary>SD3, with or without its T5 encoder.</summary>
    public static string StableDiffusion3(string path, bool t5 = true)
    {
        var folder = new TinyFolder(path);
        folder.Add("model_index.json", """{"_class_name":"StableDiffusion3Pipeline"}""");
        folder.Add("scheduler/scheduler_config.json", """{"_class_name":"FlowMatchEulerDiscreteScheduler","shift":3.0}""");
        AddVae(folder, "sd3", 16, """{"latent_channels":16,"scaling_factor":1.5305,"shift_factor":0.0609}""", "latent_parameters");
        TinyTokenizers.AddClip(folder, "tokenizer/", Window);
        TinyTokenizers.AddClip(folder, "tokenizer_2/", Window, "!");
        folder.Add("text_encoder/model.onnx", TinyGraphs.TextEncoder("sd3/one", TinyTokenizers.ClipWords, Width, 3, hiddenStates: true, ("text_embeds", Pooled)));
        folder.Add("text_encoder_2/model.onnx", TinyGraphs.TextEncoder("sd3/two", TinyTokenizers.ClipWords, Wider, 3, hiddenStates: true, ("text_embeds", Pooled)));
        if (t5)
        {
            TinyTokenizers.AddT5(folder, "tokenizer_3/", 24);
            folder.Add("text_encoder_3/model.onnx", TinyGraphs.TextEncoder("sd3/t5", TinyTokenizers.T5Words, Joint3, 2, hiddenStates: false, null));
        }
        folder.Add("transformer/config.json", $$"""{"joint_attention_dim":{{Joint3}}}""");
        folder.Add("transformer/model.onnx", TinyGraphs.Transformer("sd3/transformer", null, Joint3, 2 * Pooled, guidance: false));
        return folder.Finish("tiny-sd3", "image", More);
    }

    /// <summary>Flux: dev takes guidance as a number, schnell does not.</summary>
    public static string Flux(string path, bool dev = true)
    {
        var folder = new TinyFolder(path);
        folder.Add("model_index.json", """{"_class_name":"FluxPipeline"}""");
        folder.Add("scheduler/scheduler_config.json", dev
            ? """{"_class_name":"FlowMatchEulerDiscreteScheduler","use_dynamic_shifting":true,"shift":3.0}"""
            : """{"_class_name":"FlowMatchEulerDiscreteScheduler","shift":1.0}""");
        AddVae(folder, "flux", 16, """{"latent_channels":16,"scaling_factor":0.3611,"shift_factor":0.1159}""", "latent_parameters");
        TinyTokenizers.AddClip(folder, "tokenizer/", Window);
        TinyTokenizers.AddT5(folder, "tokenizer_2/", 24);
        folder.Add("text_encoder/model.onnx", TinyGraphs.TextEncoder("flux/clip", TinyTokenizers.ClipWords, Width, 3, hiddenStates: false, ("pooler_output", Width)));
        folder.Add("text_encoder_2/model.onnx", TinyGraphs.TextEncoder("flux/t5", TinyTokenizers.T5Words, JointFlux, 2, hiddenStates: false, null));
        folder.Add("transformer/model.onnx", TinyGraphs.Transformer("flux/transformer", 64, JointFlux, Width, guidance: dev));
        return folder.Finish("tiny-flux", "image", More);
    }

    private static void AddUnetFamily(TinyFolder folder, string pipeline, string scheduler, string scaling = "0.18215")
    {
        folder.Add("model_index.json", $$"""{"_class_name":"{{pipeline}}"}""");
        folder.Add("scheduler/scheduler_config.json", scheduler);
        AddVae(folder, "sd", 4, $$"""{"latent_channels":4,"scaling_factor":{{scaling}}}""", "latent_sample");
    }

    private static void AddVae(TinyFolder folder, string name, int channels, string config, string output)
    {
        folder.Add("vae_decoder/config.json", config);
        folder.Add("vae_decoder/model.onnx", TinyGraphs.VaeDecoder($"{name}/decoder", channels));
        folder.Add("vae_encoder/config.json", config);
        folder.Add("vae_encoder/model.onnx", TinyGraphs.VaeEncoder($"{name}/encoder", channels, output));
    }
}
