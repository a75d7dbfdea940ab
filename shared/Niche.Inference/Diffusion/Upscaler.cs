using System.Numerics.Tensors;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Random;
using Niche.Inference.Schedulers;

namespace Niche.Inference.Diffusion;

/// <summary>
/// What an upscaler does with its small picture: some noise over it, so that the UNet, which sees it beside the latents and is told how much, paints
/// detail instead of repeating flaws (Saharia et al., "Image Super-Resolution via Iterative Refinement", 2021; noise conditioning after Ho et al., "Cascaded
/// Diffusion Models", 2021).
/// </summary>
internal sealed class Upscaler
{
    public const string Label = "class_labels";
    private const string SchedulerFile = "low_res_scheduler/scheduler_config.json";
    private const int UsualMost = 350;
    private readonly double[] _alphas;

    private Upscaler(double[] alphas, int most) => (_alphas, MostNoise) = (alphas, most);

    /// <summary>Largest level of noise.</summary>
    public int MostNoise { get; }

    /// <exception cref="ModelFolderException">A configuration is missing or does not fit.</exception>
    public static Upscaler Load(ModelFolder folder)
    {
        try
        {
            var alphas = NoiseSchedule.AlphasCumulative(SchedulerConfig.Parse(folder.ReadJson(SchedulerFile)));
            var most = folder.ReadJson("model_index.json").TryGetProperty("max_noise_level", out var json) && json.TryGetInt32(out var stated) ? stated : UsualMost;
            return new Upscaler(alphas, Math.Clamp(most, 0, alphas.Length - 1));
        }
        catch (Exception e) when (e is FormatException or ArgumentOutOfRangeException or InvalidOperationException)
        {
            throw new ModelFolderException("config_invalid", folder.PathOf(SchedulerFile), e.Message, e);
        }
    }

    /// <summary>Refuses what an upscaler can not do.</summary>
    /// <exception cref="InferenceException">Says why.</exception>
    public void Require(DiffusionRequest request)
    {
        if (request.Image is null) throw new InferenceException("picture_missing", "This model makes pictures larger: it needs a small one.");
        if (request.Mask is not null) throw new InferenceException("mask_unsupported", "An upscaler paints the whole picture; leave the mask out.");
        if (request.NoiseLevel > MostNoise) throw new InferenceException("noise_level_unsupported", $"This model knows noise levels of 0 to {MostNoise}.");
    }

    /// <summary>The small picture with noise over it, three channels.</summary>
    /// <param name="image">The picture, of the latents' size.</param>
    /// <param name="level">How much noise.</param>
    /// <param name="source">The run's noise, of which the picture takes the first draw.</param>
    public float[] See(RgbImage image, int level, INoiseSource source)
    {
        var (planes, noise) = (new float[3 * image.Width * image.Height], new float[3 * image.Width * image.Height]);
        source.Fill(noise);
        image.ToPlanes(planes);
        TensorPrimitives.Multiply(planes, (float)Math.Sqrt(_alphas[level]), planes);
        TensorPrimitives.MultiplyAdd(noise, (float)Math.Sqrt(1 - _alphas[level]), planes, planes);
        return planes;
    }
}
