namespace Niche.Inference.Random;

/// <summary>A stream of standard normal numbers. The same seed must give the same numbers on every machine.</summary>
public interface INoiseSource
{
    /// <summary>Fills a tensor as one draw; the split into draws is part of the stream's definition.</summary>
    /// <param name="noise">Elements, row-major.</param>
    void Fill(Span<float> noise);
}
