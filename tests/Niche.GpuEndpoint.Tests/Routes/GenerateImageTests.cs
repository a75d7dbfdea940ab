using System.Net;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class GenerateImageTests(RunningEndpoint endpoint)
{
    // The body that a stock miner sends.
    private const string Stock =
        """
        {"prompt":"a red house in the mountains at night with a full moon","seed":7,"model_name":"niche-scenes","pipeline_type":"txt2img",
         "pipeline_params":{"num_inference_steps":20,"width":128,"height":128,"guidance_scale":4,"negative_prompt":"","image_format":"PNG"},
         "conditional_image":"","image":"","response_dict":{},"timeout":12}
        """;

    [Fact]
    public async Task The_stock_body_paints_a_picture_with_its_receipt()
    {
        var (status, answer) = await endpoint.PostAsync("/generate", Stock);

        Assert.Equal(HttpStatusCode.OK, status);
        var decoded = ImageFile.Decode(answer.GetProperty("image").GetBytesFromBase64(), new ImageLimits());
        Assert.Equal((ImageFileFormat.Png, 128, 128), (decoded.Format, decoded.Image.Width, decoded.Image.Height));
        Assert.Equal("niche-scenes", answer.GetProperty("model_name").GetString());
        Assert.Equal(endpoint.Store.Served.Single(m => m.Manifest.Name == "niche-scenes").Digest,
            answer.GetProperty("model_digest").GetString());
        Assert.Equal((7, 20), (answer.GetProperty("seed").GetInt32(), answer.GetProperty("steps").GetInt32()));
        var timings = answer.GetProperty("timings");
        foreach (var name in new[] { "queued_ms", "text_ms", "denoise_ms", "decode_ms", "encode_ms", "total_ms", "runs_ms" })
        {
            Assert.True(timings.GetProperty(name).GetDouble() >= 0, name);
        }
        Assert.True(timings.GetProperty("total_ms").GetDouble() >= timings.GetProperty("denoise_ms").GetDouble());
    }

    [Fact]
    public async Task The_same_request_gives_the_same_bytes_and_defaults_are_the_models() =>
        Assert.Equal(await endpoint.PaintAsync(Stock), await endpoint.PaintAsync("""{"prompt":"a red house in the mountains at night with a full moon","seed":7}"""));

    [Theory]
    [InlineData("\"seed\":7", "\"seed\":8")]
    [InlineData("\"num_inference_steps\":20", "\"num_inference_steps\":10")]
    [InlineData("\"guidance_scale\":4", "\"guidance_scale\":3.5")]
    [InlineData("\"negative_prompt\":\"\"", "\"negative_prompt\":\"moon\"")]
    public async Task Every_parameter_reaches_the_picture(string from, string to) =>
        Assert.NotEqual(await endpoint.PaintAsync(Stock), await endpoint.PaintAsync(Stock.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public async Task Jpg_is_painted_when_asked_for()
    {
        var file = await endpoint.PaintAsync(Stock.Replace("\"PNG\"", "\"JPG\"", StringComparison.Ordinal));

        Assert.Equal(ImageFileFormat.Jpeg, ImageFile.Decode(file, new ImageLimits()).Format);
        Assert.DoesNotContain(Segments(file), marker => marker is (>= 0xE1 and <= 0xEF) or 0xFE);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    public async Task The_whole_range_of_seeds_is_taken(uint seed) =>
        Assert.NotEmpty(await endpoint.PaintAsync($$$"""{"prompt":"a","seed":{{{seed}}},"pipeline_params":{"num_inference_steps":1}}"""));

    [Fact]
    public async Task Work_that_outlasts_its_timeout_is_stopped()
    {
        // One of its own: behind others, so short a time is refused before any work.
        await using var own = await RunningEndpoint.StartAsync();
        var (status, answer) = await own.PostAsync("/generate", """{"prompt":"a","timeout":0.001,"pipeline_params":{"num_inference_steps":50}}""");

        Assert.Equal((504, "timeout"), ((int)status, answer.GetProperty("code").GetString()));
    }

    // Markers up to the scan: APP1 to APP15 and COM would be metadata.
    private static List<byte> Segments(byte[] jpeg)
    {
        var markers = new List<byte>();
        for (var at = 2; jpeg[at + 1] != 0xDA; at += 2 + (jpeg[at + 2] << 8) + jpeg[at + 3]) markers.Add(jpeg[at + 1]);
        Assert.NotEmpty(markers);
        return markers;
    }
}
