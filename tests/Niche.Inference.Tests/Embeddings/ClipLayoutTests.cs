using Niche.Inference.Embeddings;
using Niche.Inference.Images;
using Niche.Inference.Models;
using Niche.TinyModels;

namespace Niche.Inference.Tests.Embeddings;

/// <summary>Public layouts of CLIP on tiny graphs, against the same sums in plain code.</summary>
public sealed class ClipLayoutTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("niche-clip-").FullName;

    private static readonly double[] Mean = [0.48, 0.46, 0.41], Deviation = [0.27, 0.26, 0.28];

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pictures_and_texts_become_unit_vectors(bool joint)
    {
        using var encoder = await LoadAsync(TinyClip.Write(_root, joint));
        // As wide as the encoder sees, and higher: only the middle counts.
        var image = new RgbImage(TinyClip.Side, TinyClip.Side + 8, [.. Enumerable.Range(0, 3 * TinyClip.Side * (TinyClip.Side + 8)).Select(i => (byte)(i * 37 % 251))]);

        Close(PlainImage(image, 4), encoder.EmbedImage(image, TestContext.Current.CancellationToken));
        Close(PlainText(['a', 'b'], 'c'), encoder.EmbedText("abc", TestContext.Current.CancellationToken));
        Close(PlainText([], null), encoder.EmbedText("", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_folder_without_graphs_of_a_known_layout_is_named()
    {
        TinyFolder.Reopen(TinyClip.Write(_root, joint: true)).Remove("model.onnx").Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => LoadAsync(_root));

        Assert.Equal("file_missing", error.Code);
        Assert.Contains("vision_model.onnx and", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"size":{"shortest_edge":8},"crop_size":16,"image_mean":[0,0,0],"image_std":[1,1,1]}""", "below crop_size")]
    [InlineData("""{"size":{"shortest_edge":16},"crop_size":16,"resample":2,"image_mean":[0,0,0],"image_std":[1,1,1]}""", "resample 2")]
    [InlineData("""{"size":90000,"image_mean":[0,0,0],"image_std":[1,1,1],"do_center_crop":true}""", "1 to 1024")]
    [InlineData("""{"size":16,"image_mean":[0,0],"image_std":[1,1,1]}""", "three numbers")]
    public async Task A_preparation_that_cannot_be_done_is_refused(string json, string reason)
    {
        TinyFolder.Reopen(TinyClip.Write(_root, joint: true)).Add("preprocessor_config.json", json).Save();

        var error = await Assert.ThrowsAsync<ModelFolderException>(() => LoadAsync(_root));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static Task<DualEncoder> LoadAsync(string path) => DualEncoder.LoadAsync(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);

    private static double[] PlainImage(RgbImage image, int top)
    {
        var sums = new double[TinyClip.Vector];
        for (var v = 0; v < sums.Length; v++)
        {
            for (var c = 0; c < 3; c++)
            {
                for (var y = 0; y < TinyClip.Side; y++)
                {
                    for (var x = 0; x < TinyClip.Side; x++)
                    {
                        var value = ((image.Pixels[(((((top + y) * TinyClip.Side) + x) * 3) + c)] / 255.0) - Mean[c]) / Deviation[c];
                        sums[v] += value * TinyClip.PixelWeights[(((((v * 3) + c) * TinyClip.Side) + y) * TinyClip.Side) + x];
                    }
                }
            }
        }
        return Unit(sums);
    }

    // The vocabulary is 256 bytes by their value, the same at the end of a word, start and end.
    private static double[] PlainText(char[] letters, char? last)
    {
        List<int> ids = [512, .. letters.Select(letter => (int)letter)];
        if (last is { } end) ids.Add(256 + end);
        ids.Add(513);
        var sums = new double[TinyClip.Vector];
        foreach (var id in ids)
        {
            for (var v = 0; v < sums.Length; v++) sums[v] += TinyClip.WordWeights[(id * TinyClip.Vector) + v];
        }
        return Unit(sums);
    }

    private static double[] Unit(double[] vector) => [.. vector.Select(value => value / Math.Sqrt(vector.Sum(v => v * v)))];

    private static void Close(double[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5);
    }
}
