using SkiaSharp;

namespace Niche.Bots.Pictures;

/// <summary>The number in the corner of a picture. Its digits are drawn here, because a server need not have any font.</summary>
internal static class Badge
{
    private const int Columns = 3, Rows = 5, Dot = 4, Margin = 6;

    // Five rows of three dots each, for 1 to 4.
    private static readonly string[] Digits = [".#.##..#..#.###", "##...#.#.#..###", "##...#.#...###.", "#.##.####..#..#"];

    /// <summary>Draws a number from 1 to 4 into the upper left corner of a field.</summary>
    public static void Draw(SKCanvas canvas, int number, SKRect cell)
    {
        using SKPaint back = new() { Color = new SKColor(0, 0, 0, 150), IsAntialias = true };
        using SKPaint ink = new() { Color = new SKColor(255, 255, 255, 235) };
        (float left, float top) = (cell.Left + Margin, cell.Top + Margin);
        canvas.DrawRoundRect(SKRect.Create(left, top, (Columns + 2) * Dot, (Rows + 2) * Dot), Dot, Dot, back);
        for (int i = 0; i < Columns * Rows; i++)
        {
            if (Digits[number - 1][i] != '#') continue;
            canvas.DrawRect(SKRect.Create(left + ((i % Columns) + 1) * Dot, top + ((i / Columns) + 1) * Dot, Dot, Dot), ink);
        }
    }
}
