using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class ImageFeaturesReaderTests
{
    [Fact]
    public void The_endpoints_answer_is_read()
    {
        var features = Read(Answer())!;
        Assert.Equal((128, 96, 0xfedcba9876543210ul, 1ul, 0.5), (features.Width, features.Height, features.DHash, features.PHash, features.TextSimilarity!.Value));
        Assert.Equal([0.6f, 0.8f], features.Embedding);
        Assert.Equal([1.5f, -2f], features.Latent);
        Assert.Equal(ImageFeatures.GridLength, features.Grid.Length);
    }

    [Theory]
    [InlineData("width", "0")]
    [InlineData("height", "\"96\"")]
    [InlineData("embedding", "[]")]
    [InlineData("embedding", "[1,null]")]
    [InlineData("latent", "\"AAA=\"")]
    [InlineData("latent", "\"*\"")]
    [InlineData("grid", "\"AAAA\"")]
    [InlineData("dhash", "\"12\"")]
    [InlineData("phash", "\"zzzzzzzzzzzzzzzz\"")]
    public void A_broken_field_gives_nothing(string name, string value)
    {
        var answer = Answer();
        answer[name] = JsonNode.Parse(value);
        Assert.Null(Read(answer));
    }

    [Fact]
    public void Anything_but_an_object_gives_nothing() => Assert.Null(ImageFeaturesReader.Read(default));

    private static JsonObject Answer() => new()
    {
        ["format"] = "png",
        ["width"] = 128,
        ["height"] = 96,
        ["embedding"] = new JsonArray(0.6, 0.8),
        ["latent"] = Convert.ToBase64String(MemoryMarshal.AsBytes<float>(new[] { 1.5f, -2f })),
        ["grid"] = Convert.ToBase64String(new byte[ImageFeatures.GridLength]),
        ["dhash"] = "fedcba9876543210",
        ["phash"] = "0000000000000001",
        ["text_similarity"] = 0.5,
    };

    private static ImageFeatures? Read(JsonObject answer)
    {
        using var document = JsonDocument.Parse(answer.ToJsonString());
        return ImageFeaturesReader.Read(document.RootElement);
    }
}
