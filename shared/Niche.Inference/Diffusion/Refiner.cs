using Niche.Inference.Models;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// The second of two experts (Podell et al., SDXL, 2023, section 2.5): it takes over the latents of the first where little noise is left, on the same
/// noise schedule. It lies in the folder <c>refiner</c> of a model, with a text encoder, a tokenizer and a UNet of its own; the decoder is the model's.
/// </summary>
internal sealed class Refiner : IDisposable
{
    private const string Folder = "refiner";

    private Refiner(IConditioner conditioner, OnnxGraph denoiser, SchedulerConfig scheduler) => (Conditioner, Denoiser, Scheduler) = (conditioner, denoiser, scheduler);

    public IConditioner Conditioner { get; }

    public OnnxGraph Denoiser { get; }

    public SchedulerConfig Scheduler { get; }

    /// <summary>Loads the refiner of a folder; null when there is none.</summary>
    /// <param name="model">The folder of the model.</param>
    /// <param name="settings">Provider and threads.</param>
    /// <param name="first">The first expert's scheduler, which is the refiner's too unless it brings its own.</param>
    /// <exception cref="ModelFolderException">A part is missing, or it does not fit to the first expert.</exception>
    public static async Task<Refiner?> LoadAsync(ModelFolder model, SessionSettings settings, SchedulerConfig first)
    {
        var folder = FolderOf(model);
        if (folder.Manifest.Files.Count == 0) return null;
        var index = PipelineIndex.Read(folder);
        if (index.Family != PipelineFamily.StableDiffusionXl)
            throw new ModelFolderException("config_invalid", folder.PathOf("model_index.json"), $"a refiner of SDXL is wanted, not of {index.Family}");
        var scheduler = folder.Has(PipelineParts.SchedulerFile) ? PipelineParts.ReadScheduler(folder, index.Family) : first;
        if (scheduler.ClassName != first.ClassName)
            throw new ModelFolderException("config_invalid", folder.PathOf(PipelineParts.SchedulerFile),
                $"the refiner goes on where the model stops, so its scheduler must be a {first.ClassName} too, not a {scheduler.ClassName}");
        var conditioner = PipelineParts.LoadConditionerAsync(folder, settings, index);
        var denoiser = Task.Run(() => DenoiserForm.Of(index.Family).Load(folder, settings, index.Family));
        return new Refiner(await conditioner, await denoiser, scheduler);
    }

    /// <summary>Where it lies in a model.</summary>
    public static ModelFolder FolderOf(ModelFolder model) => model.Within(Folder);

    /// <summary>Where the one stops and the other goes on: at the first step whose timestep lies below the part of the schedule.</summary>
    /// <param name="scheduler">The scheduler of either.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="steps">Steps of the whole way.</param>
    /// <param name="part">Part of the schedule, above 0 and below 1.</param>
    public static int TakesOver(IScheduler scheduler, SchedulerConfig config, int steps, double part)
    {
        var cutoff = Math.Round(config.TrainTimesteps - (part * config.TrainTimesteps));
        for (var step = 0; step < steps; step++)
        {
            if (scheduler.Timesteps[scheduler.IndexOf(step)] < cutoff) return scheduler.IndexOf(step);
        }
        return scheduler.Timesteps.Length;
    }

    public void Dispose()
    {
        Conditioner.Dispose();
        Denoiser.Dispose();
    }
}
