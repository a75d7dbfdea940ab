using System.Numerics;

namespace Niche.Inference.Models;

/// <summary>A closed range with a default inside it.</summary>
/// <param name="Min">Smallest allowed value.</param>
/// <param name="Max">Largest allowed value.</param>
/// <param name="Default">Value taken when a request names none.</param>
/// <typeparam name="T">A number.</typeparam>
public sealed record Bounds<T>(T Min, T Max, T Default)
    where T : INumber<T>
{
    /// <summary>True when the value lies inside; NaN never does.</summary>
    /// <param name="value">The value asked for.</param>
    public bool Contains(T value) => value >= Min && value <= Max;
}
