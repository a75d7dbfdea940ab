using Niche.Inference.Diffusion.Control;
using Niche.Inference.Diffusion.ImagePrompts;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>The loaded parts of a model folder, whatever its family.</summary>
internal sealed class PipelineParts : IDisposable
{
    public const string SchedulerFile = "scheduler/scheduler_config.json";

    // A scheduler is made once while loading, so that a configuration that can not be honoured is told before the first picture.
    private const int TrialSteps = 20;
    private readonly Lazy<VaeEncoder?> _encoder;
    private Lazy<PreciseParts?> _precise = new((PreciseParts?)null);
    private Lazy<VaeDecoder?> _preciseDecoder = new((VaeDecoder?)null);

    private PipelineParts(
        PipelineFamily family, IConditioner conditioner, OnnxGraph denoiser, VaeDecoder decoder, Lazy<VaeEncoder?> encoder, SchedulerConfig scheduler, NoiseKind noise) =>
        (Family, Conditioner, Denoiser, Decoder, _encoder, Scheduler, Noise) = (family, conditioner, denoiser, decoder, encoder, scheduler, noise);

    public PipelineFamily Family { get; }

    public IConditioner Conditioner { get; }

    public OnnxGraph Denoiser { get; }

    /// <summary>The ControlNet; null where the folder has none.</summary>
    public IControl? Control { get; private init; }

    public VaeDecoder Decoder { get; }

    /// <summary>The IP-Adapter; null where the folder has none.</summary>
    public ImageAdapter? Adapter { get; private init; }

    /// <summary>The second expert; null where the folder has none.</summary>
    public Refiner? Refiner { get; private init; }

    /// <summary>What makes small pictures larger; null where the folder paints new ones.</summary>
    public Upscaler? Upscaler { get; private init; }

    /// <summary>Whether the denoiser knows only the end of the way, so that it must start from a picture.</summary>
    public bool NeedsPicture { get; private init; }

    public SchedulerConfig Scheduler { get; }

    public NoiseKind Noise { get; }

    /// <summary>Whether there is an encoder.</summary>
    public bool HasEncoder { get; private init; }

    /// <summary>Whether the denoiser was trained to inpaint: it sees the mask, and the latents of what is left.</summary>
    public bool Inpaints => Denoiser.Session.InputMetadata.ContainsKey("sample") && Denoiser.InputAxis("sample", 1) == (2 * Decoder.Config.Channels) + 1;

    /// <summary>What there is in single precision, loaded when first needed; null for nothing.</summary>
    public PreciseParts? Precise => _precise.Value;

    /// <summary>The decoder in single precision, loaded when first needed; null for none.</summary>
    public VaeDecoder? PreciseDecoder => _preciseDecoder.Value;

    /// <summary>Loaded when a picture is first painted from another one.</summary>
    public VaeEncoder Encoder => _encoder.Value
        ?? throw new InferenceException("picture_unsupported", "This model has no vae_encoder, so it can not start from a picture.");

    public static async Task<PipelineParts> LoadAsync(ModelFolder folder, SessionSettings settings, TimeProvider time)
    {
        var index = PipelineIndex.Read(folder);
        var scheduler = ReadScheduler(folder, index.Family);
        var conditioner = LoadConditionerAsync(folder, settings, index);
        var denoiser = Task.Run(() => DenoiserForm.Of(index.Family).Load(folder, settings, index.Family));
        var decoder = Task.Run(() => VaeDecoder.Load(folder, settings));
        var hasEncoder = folder.Has(VaeEncoder.File);
        var encoder = new Lazy<VaeEncoder?>(() => hasEncoder ? VaeEncoder.Load(folder, settings, time) : null);
        var unet = await denoiser;
        var control = LoadControlAsync(folder, settings, index.Family, unet);
        var refiner = index.Family == PipelineFamily.StableDiffusionXl ? Refiner.LoadAsync(folder, settings, scheduler) : Task.FromResult<Refiner?>(null);
        var adapter = Task.Run(() => ImageAdapter.Load(folder, settings, unet, index.Family));
        var parts = new PipelineParts(index.Family, await conditioner, unet, await decoder, encoder, scheduler, folder.Manifest.Noise)
        {
            HasEncoder = hasEncoder, Control = await control, Adapter = await adapter, Refiner = await refiner, NeedsPicture = index.Aesthetic,
            Upscaler = index.Family == PipelineFamily.Upscaler ? Upscaler.Load(folder) : null,
        };
        (parts._precise, parts._preciseDecoder) = (new(() => PreciseParts.Load(folder, settings, parts)), new(() => VaeDecoder.LoadPrecise(folder, settings)));
        return parts;
    }

    public void Dispose()
    {
        Conditioner.Dispose();
        Denoiser.Dispose();
        Control?.Dispose();
        Adapter?.Dispose();
        Refiner?.Dispose();
        if (_precise.IsValueCreated) _precise.Value?.Dispose();
        if (_preciseDecoder.IsValueCreated) _preciseDecoder.Value?.Dispose();
        Decoder.Dispose();
        if (_encoder.IsValueCreated) _encoder.Value?.Dispose();
    }

    internal static Task<IConditioner> LoadConditionerAsync(ModelFolder folder, SessionSettings settings, PipelineIndex index) => index.Family switch
    {
        PipelineFamily.StableDiffusionXl => XlConditioner.LoadAsync(folder, settings, index),
        PipelineFamily.StableDiffusion3 => StableDiffusion3Conditioner.LoadAsync(folder, settings),
        PipelineFamily.Flux => FluxConditioner.LoadAsync(folder, settings),
        _ => Task.Run(IConditioner () => StableDiffusionConditioner.Load(folder, settings)),
    };

    private static Task<IControl?> LoadControlAsync(ModelFolder folder, SessionSettings settings, PipelineFamily family, OnnxGraph denoiser) => Task.Run(IControl? () => family switch
    {
        PipelineFamily.Upscaler when folder.Has(ControlNet.File) =>
            throw new ModelFolderException("graph_invalid", folder.PathOf(ControlNet.File), "an upscaler takes no ControlNet; take the folder controlnet out"),
        PipelineFamily.Upscaler => null,
        PipelineFamily.StableDiffusion or PipelineFamily.StableDiffusionXl when InnerControl.Of(folder, denoiser) is { } inner => inner,
        _ => ControlNet.Load(folder, settings, denoiser, family),
    });

    internal static SchedulerConfig ReadScheduler(ModelFolder folder, PipelineFamily family)
    {
        try
        {
            var config = SchedulerConfig.Parse(folder.ReadJson(SchedulerFile)) with { EvenFlowSteps = family == PipelineFamily.Flux };
            SchedulerCatalogue.Create(config, folder.Manifest.Steps?.Default ?? TrialSteps);
            return config;
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(SchedulerFile), e.Message, e);
        }
    }
}
