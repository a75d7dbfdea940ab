using Niche.Inference.Models;
using Niche.Inference.Tokenizers.Pipeline;

namespace Niche.Inference.Tokenizers;

/// <summary>The tokenizer of a text model, whatever its files are.</summary>
public static class TextTokenizers
{
    private const long LargestFile = 64 << 20;

    /// <summary>
    /// Reads <c>tokenizer.json</c> (BPE as Llama, Gemma, Qwen, Phi, Mistral and GPT-2 use it), else <c>vocab.json</c> and <c>merges.txt</c>. Plain GPT-2
    /// is read from the last two, and every text begins with its end token.
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
            var path = folder.PathOf($"{prefix}tokenizer.json");
            if (new FileInfo(path).Length > LargestFile) throw new ModelFolderException("tokenizer_unsupported", path, $"is larger than {LargestFile} bytes");
            var root = new JsonPart(folder.ReadJson($"{prefix}tokenizer.json"), "", path).Object();
            return plain && IsGpt2(root) ? Gpt2Tokenizer.Load(folder, prefix) : TokenizerJson.Read(root);
        }
        return Gpt2Tokenizer.Load(folder, prefix);
    }

    // GPT-2 has one added token and the pre-tokenizer that is named after nothing else.
    private static bool IsGpt2(JsonPart root) =>
        root.Find("normalizer") is null && root.Find("post_processor") is null
        && root.Find("pre_tokenizer") is { } cut && cut.Text("type") == "ByteLevel" && !cut.Flag("add_prefix_space", true) && cut.Flag("use_regex", true)
        && root.Find("added_tokens")?.Items(1 << 16).Take(2).ToArray() is [var only] && only.Text("content") == "<|endoftext|>";
}
