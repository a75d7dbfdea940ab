using System.Globalization;
using Niche.Subnet.Policy;

namespace Niche.Bots.Commands;

/// <summary>Shapes of pictures as people write them, against the sizes that a model paints.</summary>
public static class Ratios
{
    private const double Tolerance = 0.03;

    /// <summary>The size of a model for <c>3:2</c> or <c>768x512</c>; null when it paints none such.</summary>
    public static ImageSize? Find(ModelPolicy model, string ratio)
    {
        string[] parts = ratio.Split(':', 'x', '×', '/');
        if (parts.Length != 2 || !Read(parts[0], out double width) || !Read(parts[1], out double height)) return null;
        ImageSize? exact = model.Sizes.FirstOrDefault(size => size.Width == width && size.Height == height);
        return exact ?? model.Sizes.FirstOrDefault(size => Math.Abs(((double)size.Width / size.Height / (width / height)) - 1) < Tolerance);
    }

    /// <summary>The shapes that a model paints, as <c>3:2</c>.</summary>
    public static IReadOnlyList<string> Of(ModelPolicy model) => [.. model.Sizes.Select(Name).Distinct()];

    private static string Name(ImageSize size)
    {
        int divisor = Divisor(size.Width, size.Height);
        return string.Create(CultureInfo.InvariantCulture, $"{size.Width / divisor}:{size.Height / divisor}");
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    private static bool Read(string text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && number is > 0 and < 100_000;
}
