using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>Classifiers that think bright pictures unfit to be seen, in every layout that is read.</summary>
public static class TinySafety
{
    private const int Side = 16;

    // Colours stay from 0 to 1, so that the mean is the brightness.
    private const string Pixels =
        """{"crop_size":{"height":16,"width":16},"image_mean":[0,0,0],"image_std":[1,1,1],"size":{"shortest_edge":16}}""";

    /// <summary>Gives the brightness itself.</summary>
    public static string Score(string path) => Finish(new TinyFolder(path).Add("model.onnx", Graph("score", Brightness)), path);

    /// <summary>Gives logits of labels: their difference is twelve times how far the brightness lies above a half.</summary>
    public static string Logits(string path, string labels = """{"0":"normal","1":"nsfw"}""") => Finish(
        new TinyFolder(path).Add("config.json", $$"""{"id2label":{{labels}}}""").Add("model.onnx", Graph("logits", g =>
            g.Node("Concat", [Times(g, -6), Times(g, 6)], ("axis", 1)))), path);

    /// <summary>Diffusers' layout: blocks from a brightness of one half on.</summary>
    public static string Checker(string path)
    {
        var g = new GraphBuilder("checker");
        g.Input("clip_input", ElementType.Real, "batch", "channels", "height", "width");
        g.Input("images", ElementType.Real, "batch", "rows", "columns", "colours");
        g.Output("out_images", "images", ElementType.Real, "batch", "rows", "columns", "colours");
        var mean = g.Node("ReduceMean", ["clip_input"], ("axes", new[] { 1, 2, 3 }), ("keepdims", 0));
        g.Output("has_nsfw_concepts", g.Node("Greater", [mean, g.Scalar(0.5f)]), ElementType.Flag, "batch");
        return Finish(new TinyFolder(path).Add("safety_checker/model.onnx", g.Build()), path);
    }

    private static string Times(GraphBuilder g, float factor) => g.Node("Mul", [g.Node("Sub", [Brightness(g), g.Scalar(0.5f)]), g.Scalar(factor)]);

    private static string Brightness(GraphBuilder g) =>
        g.Node("ReduceMean", [g.Node("ReduceMean", ["pixel_values"], ("axes", new[] { 2, 3 }), ("keepdims", 0))], ("axes", new[] { 1 }), ("keepdims", 1));

    private static byte[] Graph(string output, Func<GraphBuilder, string> value)
    {
        var g = new GraphBuilder(output);
        g.Input("pixel_values", ElementType.Real, "batch", 3, Side, Side);
        g.Output(output, value(g), ElementType.Real, "batch", output == "logits" ? 2 : 1);
        return g.Build();
    }

    private static string Finish(TinyFolder folder, string path) => folder.Add("feature_extractor/preprocessor_config.json", Pixels).Finish(Path.GetFileName(path), "safety", "");
}
