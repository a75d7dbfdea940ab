using Niche.Inference.Models;
using Niche.Inference.Tokenizers.Pipeline;

namespace Niche.Inference.Tokenizers;

/// <summary>The tokenizer of a text model, whatever its files are.</summary>
public static class TextTokenizers
{
    private const long LargestFile = 64 << 20;

    /// <summary>
    /// Reads <c>tokenizer.json</c> (BPE as Llama, Gemma, Qwen, Phi, Mistral and GPT-2 use it), else <c>tokenizer.model</c> (SentencePiece),
    /// else <c>vocab.json</c> and <c>merges.txt</c>. Plain GPT-2 is read from the last two, and every text begins with its end token.
    /// </summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="prefix">Folder of the files inside it, ending in a slash, or empty.</param>
    /// <exception cref="ModelFolderException">No tokenizer, a damaged one (<c>tokenizer_invalid</c>), or one that needs what is not offered
    /// (<c>tokenizer_unsupported</c>, with its name).</exception>
    public static ITextTokenizer Load(ModelFolder folder, string prefix = "")
    {
        var files = folder.Manifest.Files;
        var plain = files.ContainsKey($"{prefix}vocab.json") && files.ContainsKey($"{prefix}merges.txt");
        if (files.ContainsKey($"{prefix}tokenizer.json"))
        {
            var root = Json(folder, $"{prefix}tokenizer.json");
            try
            {
                return plain && IsGpt2(root) ? Gpt2Tokenizer.Load(folder, prefix) : TokenizerJson.Read(root);
            }
            catch (InvalidOperationException e)
            {
                throw root.Invalid($"a name or a number is none: {e.Message}", e);
            }
        }
        if (files.ContainsKey($"{prefix}tokenizer.model"))
        {
            var config = files.ContainsKey($"{prefix}tokenizer_config.json") ? Json(folder, $"{prefix}tokenizer_config.json") : null;
            var path = Checked(folder, $"{prefix}tokenizer.model");
            return SentencePieceReader.Read(File.ReadAllBytes(path), path, config);
        }
        return Gpt2Tokenizer.Load(folder, prefix);
    }

    private static JsonPart Json(ModelFolder folder, string file)
    {
        var path = Checked(folder, file);
        return new JsonPart(folder.ReadJson(file), "", path).Object();
    }

    private static string Checked(ModelFolder folder, string file)
    {
        var path = folder.PathOf(file);
        return new FileInfo(path).Length <= LargestFile ? path : throw new ModelFolderException("tokenizer_unsupported", path, $"is larger than {LargestFile} bytes");
    }

    // GPT-2 has one added token and the pre-tokenizer that is named after nothing else.
    private static bool IsGpt2(JsonPart root) =>
        root.Find("normalizer") is null && root.Find("post_processor") is null
        && root.Find("pre_tokenizer") is { } cut && cut.Text("type") == "ByteLevel" && !cut.Flag("add_prefix_space", true) && cut.Flag("use_regex", true)
        && root.Find("added_tokens")?.Items(1 << 16).Take(2).ToArray() is [var only] && only.Text("content") == "<|endoftext|>";
}
