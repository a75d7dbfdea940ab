using Niche.Inference.Images;

namespace Niche.Inference.Diffusion;

/// <summary>
/// Cuts a plane into tiles that overlap by a quarter and puts the decoded tiles together: where several overlap, each counts the less the
/// nearer its own edge is, so that no seam shows.
/// </summary>
internal sealed class TileBlend
{
    private readonly int _width;
    private readonly int _height;
    private readonly int _overlap;
    private float[] _sum = [];
    private float[] _weight = [];
    private int _scale;

    public TileBlend(int width, int height, int tile)
    {
        (_width, _height, _overlap) = (width, height, Math.Max(1, tile / 4));
        Places = [.. Starts(height, tile).SelectMany(y => Starts(width, tile).Select(x => (x, y, Math.Min(tile, width), Math.Min(tile, height))))];
    }

    /// <summary>Left, top, columns and rows of every tile, all of one size.</summary>
    public IReadOnlyList<(int X, int Y, int Columns, int Rows)> Places { get; }

    /// <summary>Copies a tile out of planes.</summary>
    public static void Cut(ReadOnlySpan<float> planes, int width, int height, (int X, int Y, int Columns, int Rows) place, Span<float> part)
    {
        var channels = planes.Length / (width * height);
        for (var line = 0; line < channels * place.Rows; line++)
        {
            var (channel, row) = (line / place.Rows, line % place.Rows);
            planes.Slice((((channel * height) + place.Y + row) * width) + place.X, place.Columns).CopyTo(part[(line * place.Columns)..]);
        }
    }

    /// <summary>Adds a decoded tile.</summary>
    /// <param name="place">Where it was cut.</param>
    /// <param name="pixels">Planes R, G, B.</param>
    /// <param name="scale">Pixels for each place of the latents.</param>
    public void Add((int X, int Y, int Columns, int Rows) place, ReadOnlySpan<float> pixels, int scale)
    {
        if (_sum.Length == 0) (_sum, _weight, _scale) = (new float[3 * Area(scale)], new float[Area(scale)], scale);
        var (columns, rows) = (place.Columns * scale, place.Rows * scale);
        for (var y = 0; y < rows; y++)
        {
            for (var x = 0; x < columns; x++)
            {
                var weight = Ramp(x, columns) * Ramp(y, rows);
                var at = (((place.Y * scale) + y) * _width * scale) + (place.X * scale) + x;
                _weight[at] += weight;
                for (var c = 0; c < 3; c++) _sum[(c * _weight.Length) + at] += weight * pixels[(((c * rows) + y) * columns) + x];
            }
        }
    }

    /// <summary>The whole picture, once every tile was added.</summary>
    public RgbImage ToImage()
    {
        for (var i = 0; i < _sum.Length; i++) _sum[i] /= _weight[i % _weight.Length];
        return RgbImage.FromPlanes(_sum, _width * _scale, _height * _scale);
    }

    private int Area(int scale) => _width * _height * scale * scale;

    private float Ramp(int at, int length)
    {
        var edge = Math.Min(at, length - 1 - at) + 0.5f;
        return Math.Min(1, edge / (_overlap * _scale));
    }

    private IEnumerable<int> Starts(int length, int tile)
    {
        for (var start = 0; start + tile < length; start += tile - _overlap) yield return start;
        yield return Math.Max(0, length - tile);
    }
}
