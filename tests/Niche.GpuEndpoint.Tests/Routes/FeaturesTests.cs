using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json;
using Niche.Inference.Images;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class FeaturesTests(RunningEndpoint endpoint)
{
    private static readonly string[] Prompts =
        ["a red house in the mountains at night with a full moon", "a yellow hot air balloon over the desert at dawn",
            "a white sailboat on the sea by day with clouds"];

    [Fact]
    public async Task Features_have_their_shapes()
    {
        var features = await Features(await Paint(Prompts[0], 7));

        Assert.Equal(("png", 128, 128), (features.GetProperty("format").GetString(), features.GetProperty("width").GetInt32(),
            features.GetProperty("height").GetInt32()));
        Assert.Equal(1, Math.Sqrt(features.GetProperty("embedding").EnumerateArray().Sum(v => v.GetDouble() * v.GetDouble())), 1e-3);
        Assert.Equal(128, features.GetProperty("embedding").GetArrayLength());
        Assert.Equal(1024, MemoryMarshal.Cast<byte, float>(features.GetProperty("latent").GetBytesFromBase64()).Length);
        Assert.Equal(32 * 32 * 3, features.GetProperty("grid").GetBytesFromBase64().Length);
        Assert.Matches("^[0-9a-f]{16}$", features.GetProperty("dhash").GetString());
        Assert.Matches("^[0-9a-f]{16}$", features.GetProperty("phash").GetString());
        Assert.False(features.TryGetProperty("text_similarity", out _));
    }

    [Fact]
    public async Task A_picture_is_near_its_own_prompt_only()
    {
        foreach (var prompt in Prompts)
        {
            var picture = await Paint(prompt, 11);
            foreach (var text in Prompts)
            {
                var similarity = (await Features(picture, text)).GetProperty("text_similarity").GetDouble();
                Assert.True(text == prompt ? similarity > 0.55 : similarity < 0.45, $"{prompt} against {text}: {similarity:F2}");
            }
        }
    }

    [Fact]
    public async Task The_same_picture_has_the_same_features()
    {
        var picture = await Paint(Prompts[0], 7);

        Assert.Equal((await Features(picture)).ToString(), (await Features(picture)).ToString());
    }

    [Theory]
    [InlineData("not base64!", "image_undecodable")]
    [InlineData("", "image_undecodable")]
    [InlineData("aGVsbG8gd29ybGQ=", "image_undecodable")]
    [InlineData("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "image_format")]
    public async Task What_is_no_acceptable_picture_gets_422(string image, string code)
    {
        var (status, problem) = await endpoint.PostAsync("/features", JsonSerializer.Serialize(new { image }));

        Assert.Equal((422, code), ((int)status, problem.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_decompression_bomb_gets_422_and_the_server_goes_on()
    {
        // 9 million black pixels in 30 kB: allowed as bytes, refused as pixels.
        var bomb = ImageFile.EncodePng(new RgbImage(3000, 3000, new byte[3 * 3000 * 3000]));
        Assert.True(bomb.Length < 100_000);

        var (status, problem) = await endpoint.PostAsync("/features",
            JsonSerializer.Serialize(new { image = Convert.ToBase64String(bomb) }));

        Assert.Equal((422, "image_too_large"), ((int)status, problem.GetProperty("code").GetString()));
        await Features(await Paint(Prompts[0], 7));
    }

    [Theory]
    [InlineData("{}", "image_missing")]
    [InlineData("""{"image":5}""", "image_missing")]
    public async Task A_missing_picture_gets_400(string body, string code)
    {
        var (status, problem) = await endpoint.PostAsync("/features", body);

        Assert.Equal((400, code), ((int)status, problem.GetProperty("code").GetString()));
    }

    private Task<byte[]> Paint(string prompt, int seed) => endpoint.PaintAsync(JsonSerializer.Serialize(new { prompt, seed }));

    private async Task<JsonElement> Features(byte[] picture, string? text = null)
    {
        var (status, body) = await endpoint.PostAsync("/features",
            JsonSerializer.Serialize(new { image = Convert.ToBase64String(picture), text }));
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body;
    }
}
