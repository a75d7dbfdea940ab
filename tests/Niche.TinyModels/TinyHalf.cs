using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>Graphs in which numbers leave the range of half precision, and their siblings in which they do not.</summary>
public static class TinyHalf
{
    /// <summary>Where half precision ends.</summary>
    public const float Most = 65504;

    /// <summary>Takes a value far up and back, in half precision or not; where it overflows on the way it never comes back.</summary>
    /// <param name="value">The value.</param>
    /// <param name="up">How far.</param>
    /// <param name="half">Whether in half precision.</param>
    /// <param name="g">The graph.</param>
    public static string UpAndBack(GraphBuilder g, string value, float up, bool half)
    {
        var high = g.Node("Mul", [value, g.Scalar(up)]);
        if (half) high = g.Node("Cast", [g.Node("Cast", [high], ("to", (int)ElementType.Half))], ("to", (int)ElementType.Real));
        return g.Node("Mul", [high, g.Scalar(1 / up)]);
    }

    /// <summary>SD 1.5 with DDIM whose UNet overflows in half precision where a latent is far from zero.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="up">How far latents are taken up.</param>
    /// <param name="half">Whether <c>unet/model.onnx</c> computes in half precision.</param>
    /// <param name="beside">Whether there is a <c>model_fp32.onnx</c>, and whether that one is any better; null for none.</param>
    public static string StableDiffusion(string path, float up, bool half, bool? beside)
    {
        TinyDiffusion.StableDiffusion(path, """{"_class_name":"DDIMScheduler","beta_schedule":"scaled_linear","beta_start":0.00085,"beta_end":0.012,"steps_offset":1,"clip_sample":false}""");
        var folder = TinyFolder.Reopen(path).Add("unet/model.onnx", Unet(up, half));
        if (beside is { } better) folder.Add("unet/model_fp32.onnx", Unet(up, !better));
        return folder.Save();
    }

    /// <summary>Gives every graph of a folder inputs and outputs of half precision.</summary>
    /// <param name="path">A finished folder.</param>
    public static string Edges(string path)
    {
        var folder = TinyFolder.Reopen(path);
        foreach (var file in Directory.EnumerateFiles(path, "*.onnx", SearchOption.AllDirectories))
            folder.Add(Path.GetRelativePath(path, file).Replace('\\', '/'), HalfEdges.Of(File.ReadAllBytes(file)));
        return folder.Save();
    }

    private static byte[] Unet(float up, bool half) =>
        TinyGraphs.Unet("sd/unet", 4, TinyDiffusion.Width, null, wholeTimesteps: true, more: [g => g.Node("Mul", [UpAndBack(g, "sample", up, half), g.Scalar(0.1f)])]);
}
