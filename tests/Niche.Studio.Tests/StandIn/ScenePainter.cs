using SkiaSharp;

namespace Niche.Studio.Tests.StandIn;

/// <summary>Small pictures out of a seed: a sky, a sun and a horizon.</summary>
public static class ScenePainter
{
    /// <summary>A PNG of the given size; the same seed gives the same bytes.</summary>
    public static byte[] Paint(int width, int height, long seed)
    {
        float hue = seed * 47 % 360;
        using SKBitmap bitmap = new(width, height);
        using SKCanvas canvas = new(bitmap);
        using SKShader sky = SKShader.CreateLinearGradient(
            default, new SKPoint(0, height), [SKColor.FromHsl(hue, 55, 45), SKColor.FromHsl((hue + 40) % 360, 70, 80)], SKShaderTileMode.Clamp);
        using SKPaint paint = new() { Shader = sky };
        canvas.DrawRect(0, 0, width, height, paint);
        using SKPaint sun = new() { Color = SKColor.FromHsl(45, 90, 75), IsAntialias = true };
        canvas.DrawCircle(width * (0.25f + (seed % 6 * 0.1f)), height * 0.42f, width * 0.11f, sun);
        using SKPaint sea = new() { Color = SKColor.FromHsl((hue + 170) % 360, 40, 32) };
        canvas.DrawRect(0, height * 0.68f, width, height, sea);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }
}
