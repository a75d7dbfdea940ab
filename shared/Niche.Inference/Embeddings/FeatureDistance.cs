using System.Numerics;
using System.Numerics.Tensors;
using Niche.Inference.Images;

namespace Niche.Inference.Embeddings;

/// <summary>Distances between the features of two pictures.</summary>
public static class FeatureDistance
{
    /// <summary>Mean absolute difference of two grids, 0 to 255.</summary>
    /// <param name="a">Bytes of one grid.</param>
    /// <param name="b">Bytes of the other, same length.</param>
    public static double Grid(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Length, a.Length);
        long sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }

    /// <summary>Structural similarity of two grids, -1 to 1.</summary>
    /// <param name="a">Bytes of one grid, a square of R, G, B.</param>
    /// <param name="b">Bytes of the other, same length.</param>
    public static double Structure(byte[] a, byte[] b) => StructuralSimilarity.Mean(Square(a), Square(b));

    /// <summary>Euclidean distance of two latents relative to the length of the first.</summary>
    /// <param name="reference">The latent believed in.</param>
    /// <param name="other">The other, same length.</param>
    public static double Latent(ReadOnlySpan<float> reference, ReadOnlySpan<float> other) =>
        TensorPrimitives.Distance(reference, other) / TensorPrimitives.Norm(reference);

    /// <summary>Cosine of two vectors.</summary>
    /// <param name="a">One vector.</param>
    /// <param name="b">The other, same length.</param>
    public static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => TensorPrimitives.CosineSimilarity(a, b);

    /// <summary>Number of differing bits, 0 to 64.</summary>
    /// <param name="a">One hash.</param>
    /// <param name="b">The other.</param>
    public static int Hamming(ulong a, ulong b) => BitOperations.PopCount(a ^ b);

    private static RgbImage Square(byte[] grid) => (int)Math.Sqrt(grid.Length / 3) is var side && side * side * 3 == grid.Length
        ? new RgbImage(side, side, grid) : throw new ArgumentException("Not a square of R, G, B.", nameof(grid));
}
