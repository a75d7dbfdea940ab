using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;
using Niche.Inference.Images;

namespace Niche.Functions.Tests.Jobs;

/// <summary>Pictures from pictures, through the market and its checks.</summary>
public sealed class GivenPictureTests(SharedSubnet shared)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_painted_from_a_picture_and_its_receipt_says_from_which()
    {
        byte[] given = await PictureAsync(await shared.Http.PaintAsync(seed: 21));
        JsonNode little = await PaintFromAsync(given, 0.2);
        JsonNode much = await PaintFromAsync(given, 1);
        byte[] near = await PictureAsync(little);
        Assert.NotEqual(given, near);
        Assert.True(Difference(given, near) < Difference(given, await PictureAsync(much)), "Little strength must stay nearer to what was given.");
        JsonNode receipt = await shared.Http.GetJsonAsync("/v1/receipts/" + (string)little["results"]![0]!["receipt_id"]!);
        JsonNode signed = receipt["document"]!["receipt"]!;
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(given)), 0.2), ((string?)signed["given_sha256"], (double)signed["strength"]!));
    }

    [Fact]
    public async Task What_cannot_be_decoded_is_refused_before_it_is_accepted()
    {
        byte[] given = await PictureAsync(await shared.Http.PaintAsync());
        given.AsSpan(40).Fill(7);
        Dictionary<string, string> bad = new()
        {
            ["no picture"] = "aGVsbG8=", ["no base64"] = "%%%", ["cut short"] = Convert.ToBase64String(given[..60]),
            ["spoilt"] = "data:image/png;base64," + Convert.ToBase64String(given), ["nothing"] = "",
        };
        foreach ((string name, string image) in bad)
        {
            (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync("/v1/jobs", Body(image, 0.5));
            Talk.AssertProblem(response, problem, 400, "invalid_parameter");
            Assert.True((string?)problem!["errors"]![0]!["field"] == "image", name);
        }
    }

    [Theory]
    [InlineData("""{"prompt":"a red house","strength":0.5}""", "image")]
    [InlineData("""{"prompt":"a red house","strength":1.5,"image":"iVBORw0KGgo="}""", "strength")]
    public async Task Strength_has_its_bounds_and_needs_a_picture(string body, string field)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.PostAsync("/v1/jobs", body);
        Talk.AssertProblem(response, problem, 400, "invalid_parameter");
        Assert.Contains(problem!["errors"]!.AsArray(), error => (string?)error!["field"] == field);
    }

    [Fact]
    public async Task The_same_key_with_another_picture_is_a_conflict()
    {
        byte[] one = await PictureAsync(await shared.Http.PaintAsync(seed: 31)), other = await PictureAsync(await shared.Http.PaintAsync(seed: 32));
        string key = Guid.NewGuid().ToString();
        (HttpResponseMessage first, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", Body(Convert.ToBase64String(one), 0.5), ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        (HttpResponseMessage again, _) = await shared.Http.PostAsync("/v1/jobs", Body(Convert.ToBase64String(one), 0.5), ("Idempotency-Key", key));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        (HttpResponseMessage conflict, JsonNode? problem) = await shared.Http.PostAsync("/v1/jobs", Body(Convert.ToBase64String(other), 0.5), ("Idempotency-Key", key));
        Talk.AssertProblem(conflict, problem, 422, "idempotency_conflict");
        await shared.Http.FinishAsync((string)job!["id"]!);
    }

    private static string Body(string image, double strength) =>
        new JsonObject { ["prompt"] = "a red house at night", ["steps"] = 8, ["seed"] = 5, ["image"] = image, ["strength"] = strength }.ToJsonString();

    private async Task<JsonNode> PaintFromAsync(byte[] given, double strength)
    {
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", Body(Convert.ToBase64String(given), strength));
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job?.ToJsonString());
        JsonNode done = await shared.Http.FinishAsync((string)job!["id"]!);
        Assert.True((string?)done["status"] == "succeeded", done.ToJsonString());
        return done;
    }

    private Task<byte[]> PictureAsync(JsonNode job) => shared.Http.GetByteArrayAsync((string)job["results"]![0]!["url"]!, Ct);

    private static double Difference(byte[] one, byte[] other)
    {
        RgbImage a = ImageFile.Decode(one, new ImageLimits()).Image, b = ImageFile.Decode(other, new ImageLimits()).Image;
        return a.Pixels.Zip(b.Pixels, (x, y) => Math.Abs(x - y)).Average();
    }
}
