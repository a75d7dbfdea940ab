using System.Globalization;
using Niche.Inference.Models;

namespace Niche.Inference.Providers;

/// <summary>
/// Smallest, usual and largest shape of every input, as TensorRT wants them (<c>name:1x4x64x64,...</c>): one engine then serves the whole range
/// instead of being built again for each new shape.
/// </summary>
/// <param name="Min">Smallest shapes.</param>
/// <param name="Opt">Shapes to be fastest at.</param>
/// <param name="Max">Largest shapes.</param>
internal sealed record ShapeProfile(string Min, string Opt, string Max)
{
    /// <summary>The profile of a graph; null when it leaves no axis open, or one whose range is not known.</summary>
    /// <param name="inputs">Inputs with their axes; null for an open one.</param>
    /// <param name="range">Range of an open axis, by input and axis.</param>
    public static ShapeProfile? Of(IReadOnlyList<OnnxInput> inputs, Func<string, int, Bounds<int>?> range)
    {
        var (min, opt, max) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var input in inputs.Where(input => input.Axes.Contains(null)))
        {
            var axes = input.Axes.Select((axis, i) => axis is { } fixedSize ? new Bounds<int>(fixedSize, fixedSize, fixedSize) : range(input.Name, i)).ToArray();
            if (Array.Exists(axes, axis => axis is null)) return null;
            min.Add(Shape(input.Name, axes.Select(axis => axis!.Min)));
            opt.Add(Shape(input.Name, axes.Select(axis => axis!.Default)));
            max.Add(Shape(input.Name, axes.Select(axis => axis!.Max)));
        }
        return min.Count == 0 ? null : new ShapeProfile(string.Join(',', min), string.Join(',', opt), string.Join(',', max));
    }

    private static string Shape(string name, IEnumerable<int> axes) =>
        $"{name}:{string.Join('x', axes.Select(axis => axis.ToString(CultureInfo.InvariantCulture)))}";
}
