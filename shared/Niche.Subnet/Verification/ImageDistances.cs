using System.Numerics;

namespace Niche.Subnet.Verification;

/// <summary>Distances between the features of two pictures.</summary>
/// <param name="Grid">Mean absolute difference of the grids, 0..255.</param>
/// <param name="Latent">|a - b| / |a|, a being the reference.</param>
/// <param name="DHash">Hamming distance, 0..64.</param>
/// <param name="PHash">Hamming distance, 0..64.</param>
/// <param name="Embedding">Cosine, -1..1.</param>
public readonly record struct ImageDistances(double Grid, double Latent, int DHash, int PHash, double Embedding)
{
    /// <summary>Measures; false when lengths differ, the grid is not 32x32x3 or a number is not finite.</summary>
    public static bool TryMeasure(ImageFeatures reference, ImageFeatures candidate, out ImageDistances distances)
    {
        distances = default;
        if (reference.Grid.Length != ImageFeatures.GridLength || candidate.Grid.Length != ImageFeatures.GridLength) return false;
        if (reference.Latent.Length == 0 || reference.Latent.Length != candidate.Latent.Length) return false;
        if (reference.Embedding.Length == 0 || reference.Embedding.Length != candidate.Embedding.Length) return false;
        distances = new(
            GridDifference(reference.Grid, candidate.Grid),
            RelativeL2(reference.Latent, candidate.Latent),
            BitOperations.PopCount(reference.DHash ^ candidate.DHash),
            BitOperations.PopCount(reference.PHash ^ candidate.PHash),
            Cosine(reference.Embedding, candidate.Embedding));
        return double.IsFinite(distances.Latent) && double.IsFinite(distances.Embedding);
    }

    /// <summary>Standard deviation of a grid over all cells and channels, 0..128.</summary>
    public static double Deviation(ReadOnlySpan<byte> grid)
    {
        if (grid.IsEmpty) return 0;
        long sum = 0, squares = 0;
        foreach (var value in grid) (sum, squares) = (sum + value, squares + (value * value));
        var mean = (double)sum / grid.Length;
        return Math.Sqrt(Math.Max(0, ((double)squares / grid.Length) - (mean * mean)));
    }

    private static double GridDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (var i = 0; i < a.Length; i++) sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }

    private static double RelativeL2(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double difference = 0, length = 0;
        for (var i = 0; i < a.Length; i++)
        {
            double d = a[i] - (double)b[i];
            difference += d * d;
            length += (double)a[i] * a[i];
        }

        return Math.Sqrt(difference / Math.Max(length, 1e-12));
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double dot = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            dot += (double)a[i] * b[i];
            aa += (double)a[i] * a[i];
            bb += (double)b[i] * b[i];
        }

        return dot / Math.Sqrt(Math.Max(aa * bb, 1e-24));
    }
}
