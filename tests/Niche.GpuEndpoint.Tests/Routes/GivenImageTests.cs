using System.Net;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Tests.Routes;

/// <summary>From a picture to a picture, over HTTP.</summary>
public sealed class GivenImageTests(RunningEndpoint endpoint)
{
    private const string Prompt = "a red house in the mountains at night with a full moon";

    [Fact]
    public async Task A_picture_is_painted_anew_as_strongly_as_asked()
    {
        var given = await endpoint.PaintAsync("""{"prompt":"a blue boat on a lake at sunset","seed":3}""");

        var (little, much) = (Distance(given, await Img2ImgAsync(given, 0.1)), Distance(given, await Img2ImgAsync(given, 0.95)));

        Assert.True(little < much / 2, $"{little:F1} against {much:F1}");
        Assert.Equal(await Img2ImgAsync(given, 0.5), await Img2ImgAsync(given, 0.5));
    }

    [Fact]
    public async Task Only_the_white_of_the_mask_is_painted()
    {
        var given = await endpoint.PaintAsync("""{"prompt":"a blue boat on a lake at sunset","seed":3}""");
        var mask = new RgbImage(128, 128, [.. Enumerable.Range(0, 128 * 128).SelectMany(i => Enumerable.Repeat((byte)(i % 128 < 64 ? 255 : 0), 3))]);

        var painted = Pixels(await endpoint.PaintAsync(Body("inpaint", given, $$"""{"strength":1,"mask_image":"{{Convert.ToBase64String(ImageFile.EncodePng(mask))}}"}""")));

        var (before, changed) = (Pixels(given), new int[2]);
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] != painted[i]) changed[i / 3 % 128 < 64 ? 0 : 1]++;
        }
        Assert.Equal(0, changed[1]);
        Assert.True(changed[0] > before.Length / 4);
    }

    [Fact]
    public async Task A_picture_of_other_proportions_is_cut_and_shrunk()
    {
        var wide = ImageFile.EncodePng(new RgbImage(300, 200, new byte[3 * 300 * 200]));

        var image = ImageFile.Decode(await Img2ImgAsync(wide, 0.5), new ImageLimits()).Image;

        Assert.Equal((128, 128), (image.Width, image.Height));
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        var (status, problem) = await endpoint.PostAsync("/generate", Body("img2img", "no picture at all"u8.ToArray(), "{}"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "image_undecodable"), (status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Inpainting_without_a_mask_is_refused()
    {
        var given = ImageFile.EncodePng(new RgbImage(8, 8, new byte[3 * 64]));

        var (status, problem) = await endpoint.PostAsync("/generate", Body("inpaint", given, "{}"));

        Assert.Equal((HttpStatusCode.BadRequest, "mask_missing"), (status, problem.GetProperty("code").GetString()));
    }

    private Task<byte[]> Img2ImgAsync(byte[] given, double strength) =>
        endpoint.PaintAsync(Body("img2img", given, FormattableString.Invariant($$"""{"strength":{{strength}}}""")));

    private static string Body(string pipeline, byte[] given, string parameters) =>
        $$"""{"prompt":"{{Prompt}}","seed":7,"pipeline_type":"{{pipeline}}","conditional_image":"{{Convert.ToBase64String(given)}}","pipeline_params":{{parameters}}}""";

    private static byte[] Pixels(byte[] file) => ImageFile.Decode(file, new ImageLimits()).Image.Pixels;

    private static double Distance(byte[] one, byte[] other)
    {
        var (a, b) = (Pixels(one), Pixels(other));
        return Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Average());
    }
}
