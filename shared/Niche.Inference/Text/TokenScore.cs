using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Niche.Inference.Models;

namespace Niche.Inference.Text;

/// <summary>Numbers about the logits of one place, in double precision and the same order on every machine.</summary>
internal static class TokenScore
{
    /// <summary>Logarithm of the sum of the exponentials: a logit less this is its token's log-probability.</summary>
    /// <param name="logits">One for each token.</param>
    /// <param name="mass">Their <see cref="Mass"/> at a temperature of 1, which comes out on the way.</param>
    /// <exception cref="InferenceException">They are not finite.</exception>
    public static double LogSum(ReadOnlySpan<float> logits, out double mass)
    {
        var largest = TensorPrimitives.Max(logits);
        mass = Weigh(logits, largest, 1, out var least);
        if (!float.IsFinite(largest) || !float.IsFinite(least))
            throw new InferenceException("logits_not_finite", "The language model produced numbers that are not finite.");
        return largest + Math.Log(mass);
    }

    /// <summary>Sum of the weights e^((logit - largest) / temperature).</summary>
    /// <param name="logits">One for each token.</param>
    /// <param name="largest">The largest of them.</param>
    /// <param name="temperature">Above 0.</param>
    public static double Mass(ReadOnlySpan<float> logits, float largest, double temperature) => Weigh(logits, largest, temperature, out _);

    private static double Weigh(ReadOnlySpan<float> logits, float largest, double temperature, out float least)
    {
        var (offset, scale, smallest) = (Vector512.Create((double)largest), Vector512.Create(1 / temperature), Vector256.Create(largest));
        var (sum, lower, upper) = (Vector512<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var at = 0;
        for (; at + Vector256<float>.Count <= logits.Length; at += Vector256<float>.Count)
        {
            var values = Vector256.Create(logits.Slice(at, Vector256<float>.Count));
            smallest = Vector256.Min(smallest, values);
            var (low, high) = Vector256.Widen(values);
            // The same numbers either way, sooner where there are wide registers.
            if (Vector512.IsHardwareAccelerated)
            {
                sum += Vector512.Exp((Vector512.Create(low, high) - offset) * scale);
                continue;
            }
            lower += Vector256.Exp((low - offset.GetLower()) * scale.GetLower());
            upper += Vector256.Exp((high - offset.GetLower()) * scale.GetLower());
        }
        lower += sum.GetLower() + upper + sum.GetUpper();
        var total = lower[0] + lower[1] + lower[2] + lower[3];
        least = largest;
        for (var lane = 0; lane < Vector256<float>.Count; lane++) least = Math.Min(least, smallest[lane]);
        for (; at < logits.Length; at++)
        {
            least = Math.Min(least, logits[at]);
            total += Math.Exp((logits[at] - (double)largest) / temperature);
        }
        return total;
    }

    /// <summary>How many tokens come before one: those with a larger logit, and those with an equal one and a smaller id.</summary>
    /// <param name="logits">One for each token.</param>
    /// <param name="id">The token.</param>
    public static int Rank(ReadOnlySpan<float> logits, int id)
    {
        var (rank, own) = (0, logits[id]);
        for (var other = 0; other < id; other++) rank += logits[other] >= own ? 1 : 0;
        for (var other = id + 1; other < logits.Length; other++) rank += logits[other] > own ? 1 : 0;
        return rank;
    }
}
