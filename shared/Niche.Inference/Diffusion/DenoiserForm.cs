using Niche.Inference.Models;

namespace Niche.Inference.Diffusion;

/// <summary>How a family's denoiser wants its latents and its timestep.</summary>
/// <param name="File">Path of the graph in the folder.</param>
/// <param name="Latents">Name of the input.</param>
/// <param name="Prediction">Name of the output.</param>
/// <param name="Patches">Whether latents go in as patches.</param>
/// <param name="TimestepScale">Factor of the scheduler's timesteps.</param>
internal sealed record DenoiserForm(string File, string Latents, string Prediction, bool Patches, float TimestepScale)
{
    public const string Timestep = "timestep";

    // Of diffusers' script for UNets with a ControlNet inside, and of public exports of transformers.
    private static readonly string[] OtherPredictions = ["noise_pred", "latent"];

    // Flux was trained on time from 0 to 1.
    private const float UnitTime = 1f / 1000;

    private static readonly DenoiserForm Unet = new("unet/model.onnx", "sample", "out_sample", Patches: false, 1);
    private static readonly DenoiserForm Transformer = new("transformer/model.onnx", "hidden_states", "out_hidden_states", Patches: false, 1);

    public static DenoiserForm Of(PipelineFamily family) => family switch
    {
        PipelineFamily.Flux => Transformer with { Patches = true, TimestepScale = UnitTime },
        PipelineFamily.StableDiffusion3 => Transformer,
        _ => Unet,
    };

    /// <summary>Name of the output in a graph: some exporters have their own.</summary>
    public string PredictionOf(OnnxGraph graph) => Array.Find(OtherPredictions, graph.Session.OutputMetadata.ContainsKey) ?? Prediction;

    /// <summary>Loads the graph; the inputs that the family needs must be there.</summary>
    public OnnxGraph Load(ModelFolder folder, SessionSettings settings, PipelineFamily family)
    {
        string[] inputs = family switch
        {
            PipelineFamily.Flux => ["encoder_hidden_states", "pooled_projections", "txt_ids", "img_ids"],
            PipelineFamily.StableDiffusion3 => ["encoder_hidden_states", "pooled_projections"],
            PipelineFamily.StableDiffusionXl => ["encoder_hidden_states", "text_embeds", "time_ids"],
            PipelineFamily.Upscaler => ["encoder_hidden_states", Upscaler.Label],
            _ => ["encoder_hidden_states"],
        };
        var scale = family == PipelineFamily.Upscaler ? VaeConfig.Read(folder, VaeDecoder.ConfigFile).Scale : VaeConfig.UsualScale;
        var graph = OnnxGraph.Load(folder, File, settings, [Latents, Timestep, .. inputs], [], OpenAxes.Of(folder.Manifest, scale), steps: true);
        if (graph.Session.OutputMetadata.ContainsKey(PredictionOf(graph))) return graph;
        graph.Dispose();
        throw new ModelFolderException("graph_invalid", graph.File, $"the graph lacks {Prediction}; is this the right kind of model?");
    }
}
