using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using SkiaSharp;

namespace Niche.Bots.Pictures;

/// <summary>
/// Puts the pictures of a job together into one: two side by side or four in a square, each with its number, so that U2 is the picture that says 2.
/// What is not finished yet is an empty field. The result lies in the blob store and can be made again at any time.
/// </summary>
public sealed class GridComposer(IBlobStore blobs)
{
    private const int LeastCell = 256, Gap = 8;

    /// <summary>Composes what is there of a job.</summary>
    /// <returns>Name of the blob; null when no picture of the job is there any more.</returns>
    public async Task<string?> ComposeAsync(JobSnapshot job, IReadOnlySet<int> withheld, CancellationToken ct)
    {
        int[] shown = [.. job.Units.Where(unit => unit.Result is not null && !withheld.Contains(unit.Index)).Select(unit => unit.Index)];
        string name = $"{job.Job.Id}/grid-{string.Concat(shown)}.png";
        if (await blobs.ExistsAsync(BotNames.Pictures, name, ct).ConfigureAwait(false)) return name;
        Dictionary<int, SKBitmap> pictures = [];
        try
        {
            foreach (int index in shown)
            {
                Blob? blob = await blobs.GetAsync(WorkNames.Images, $"{job.Job.Id}/{index}.png", ct).ConfigureAwait(false);
                if (blob is not null && SKBitmap.Decode(blob.Content.Span) is { } bitmap) pictures[index] = bitmap;
            }

            if (pictures.Count == 0) return null;
            byte[] png = Draw(job.Job.Request, pictures);
            await blobs.PutAsync(BotNames.Pictures, name, png, "image/png", ct).ConfigureAwait(false);
            return name;
        }
        finally
        {
            foreach (SKBitmap bitmap in pictures.Values) bitmap.Dispose();
        }
    }

    private static byte[] Draw(JobRequest request, Dictionary<int, SKBitmap> pictures)
    {
        int scale = Math.Max(1, (LeastCell + request.Width - 1) / request.Width);
        (int width, int height) = (request.Width * scale, request.Height * scale);
        int rows = (request.Count + 1) / 2;
        using SKBitmap sheet = new((2 * width) + Gap, (rows * height) + ((rows - 1) * Gap));
        using (SKCanvas canvas = new(sheet))
        {
            canvas.Clear(new SKColor(24, 26, 32));
            for (int i = 0; i < request.Count; i++)
            {
                SKRect cell = SKRect.Create(i % 2 * (width + Gap), i / 2 * (height + Gap), width, height);
                if (pictures.TryGetValue(i, out SKBitmap? picture)) Paint(canvas, picture, cell);
                else Fill(canvas, cell);
                Badge.Draw(canvas, i + 1, cell);
            }
        }

        using SKData data = sheet.Encode(SKEncodedImageFormat.Png, 90);
        return data.ToArray();
    }

    private static void Paint(SKCanvas canvas, SKBitmap picture, SKRect cell)
    {
        using SKImage image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, cell, new SKSamplingOptions(SKCubicResampler.Mitchell));
    }

    private static void Fill(SKCanvas canvas, SKRect cell)
    {
        using SKPaint paint = new() { Color = new SKColor(40, 44, 54) };
        canvas.DrawRect(cell, paint);
    }
}
