using CsCheck;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.Inference.Safety;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Safety;

/// <summary>Classifiers that score brightness, in every layout.</summary>
public sealed class SafetyClassifierTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("niche-safety-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_score_is_the_graphs_own()
    {
        using var classifier = Load(TinySafety.Score(Fresh()));

        Gen.Select(Gen.Byte, Gen.Int[1, 60], Gen.Int[1, 60]).Sample(
            (level, width, height) => Assert.Equal(level / 255.0, classifier.Score(Plain(level, width, height), CancellationToken.None), 1e-5), iter: 30);
    }

    [Fact]
    public void Logits_are_weighed_against_each_other_and_labels_say_which_count()
    {
        using var classifier = Load(TinySafety.Logits(Fresh()));
        using var turned = Load(TinySafety.Logits(Fresh(), """{"0":"porn","1":"Neutral"}"""));

        foreach (var level in new byte[] { 0, 100, 128, 200, 255 })
        {
            var expected = 1 / (1 + Math.Exp(-12 * ((level / 255.0) - 0.5)));
            Assert.Equal(expected, classifier.Score(Plain(level, 20, 20), CancellationToken.None), 1e-5);
            Assert.Equal(1 - expected, turned.Score(Plain(level, 20, 20), CancellationToken.None), 1e-5);
        }
    }

    [Fact]
    public void The_checker_of_diffusers_says_yes_or_no()
    {
        using var classifier = Load(TinySafety.Checker(Fresh()));

        Assert.Equal(0, classifier.Score(Plain(100, 30, 20), CancellationToken.None));
        Assert.Equal(1, classifier.Score(Plain(200, 30, 20), CancellationToken.None));
    }

    [Theory]
    [InlineData("""{"0":"nsfw","1":"porn"}""")]
    [InlineData("""{"0":"normal"}""")]
    [InlineData("""{"0":"normal","2":"nsfw"}""")]
    [InlineData("""{"zero":"normal","1":"nsfw"}""")]
    [InlineData("""[1]""")]
    public void Labels_that_do_not_say_what_is_harmless_are_refused(string labels) =>
        Assert.Equal("config_invalid", Assert.Throws<ModelFolderException>(() => Load(TinySafety.Logits(Fresh(), labels))).Code);

    [Fact]
    public void Another_kind_of_model_is_refused() =>
        Assert.Equal("kind_unexpected", Assert.Throws<ModelFolderException>(() => SafetyClassifier.Load(TestData.Open("niche-clip"), new(1), TimeProvider.System)).Code);

    [Fact]
    public void A_graph_that_judges_nothing_is_refused()
    {
        var path = TinySafety.Score(Fresh());
        TinyFolder.Reopen(path).Add("model.onnx", TinyVision.Projection(4, close: false)).Save();

        Assert.Equal("graph_invalid", Assert.Throws<ModelFolderException>(() => Load(path)).Code);
    }

    private static SafetyClassifier Load(string path) => SafetyClassifier.Load(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);

    private static RgbImage Plain(byte level, int width, int height) => new(width, height, [.. Enumerable.Repeat(level, 3 * width * height)]);

    private string Fresh() => Path.Combine(_root, Guid.NewGuid().ToString("N"));
}
