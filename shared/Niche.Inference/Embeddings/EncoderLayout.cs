using Niche.Inference.Models;

namespace Niche.Inference.Embeddings;

/// <summary>Where a dual encoder's graphs and tokenizer lie.</summary>
/// <param name="Image">Graph of the picture's side.</param>
/// <param name="Text">Graph of the text's side; the same file where one export holds both.</param>
/// <param name="Tokenizer">Folder of the tokenizer's files, ending in a slash, or empty.</param>
internal sealed record EncoderLayout(string Image, string Text, string Tokenizer)
{
    private static readonly EncoderLayout[] Known =
    [
        new("image_encoder/model.onnx", "text_encoder/model.onnx", "tokenizer/"),
        new("onnx/vision_model.onnx", "onnx/text_model.onnx", ""),
        new("vision_model.onnx", "text_model.onnx", ""),
        new("onnx/model.onnx", "onnx/model.onnx", ""),
        new("model.onnx", "model.onnx", ""),
    ];

    /// <summary>Finds the layout by the files that are there.</summary>
    /// <exception cref="ModelFolderException">None fits.</exception>
    public static EncoderLayout Of(ModelFolder folder) =>
        Array.Find(Known, layout => folder.Manifest.Files.ContainsKey(layout.Image) && folder.Manifest.Files.ContainsKey(layout.Text))
        ?? throw new ModelFolderException("file_missing", folder.Root,
            $"a dual encoder has one of: {string.Join("; ", Known.Select(layout => layout.Image == layout.Text ? layout.Image : $"{layout.Image} and {layout.Text}"))}");
}
