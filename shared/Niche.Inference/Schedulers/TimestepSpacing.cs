namespace Niche.Inference.Schedulers;

/// <summary>
/// How the timesteps of a run are spread (<c>timestep_spacing</c>; Lin et al., "Common Diffusion Noise Schedules", table 2).
/// </summary>
public enum TimestepSpacing
{
    /// <summary>From the start of each interval, plus <c>steps_offset</c>.</summary>
    Leading,

    /// <summary>From the end of each interval.</summary>
    Trailing,

    /// <summary>Evenly over both ends.</summary>
    Linspace,
}
