namespace Niche.Inference.Schedulers;

/// <summary>The level that an ancestral step walks down to and the noise that it adds back.</summary>
/// <param name="Down">Level after the deterministic part.</param>
/// <param name="Up">Standard deviation of the fresh noise.</param>
internal readonly record struct AncestralSplit(float Down, float Up)
{
    public static AncestralSplit Between(float from, float to)
    {
        // to^2 = down^2 + up^2 with down = to^2 / from; written so that nothing cancels where the first levels are enormous.
        var ratio = (double)to / from;
        return new AncestralSplit((float)(to * ratio), (float)(to * Math.Sqrt((1 - ratio) * (1 + ratio))));
    }
}
