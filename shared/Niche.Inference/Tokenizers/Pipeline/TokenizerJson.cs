using System.Globalization;
using System.Text;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>
/// Reads <c>tokenizer.json</c> (the format of Hugging Face's tokenizers). What it asks for and is not offered here is refused by name; its
/// <c>truncation</c> and <c>padding</c> concern batches and play no part in continuing a text.
/// </summary>
internal static class TokenizerJson
{
    public const int MostTokens = 1 << 20;
    private const int MostAdded = 1 << 16;
    private const int LongestAdded = 256;

    public static ITextTokenizer Read(JsonPart root)
    {
        root.Only("version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model");
        var part = root.Need("model");
        var (ids, encode) = part.Find("type")?.Text() switch
        {
            null or "BPE" => BpeReader.Read(part),
            "Unigram" => UnigramReader.Read(part),
            var other => throw part.Unsupported($"the model '{other}' is not supported"),
        };
        AddedToken[] added = [.. root.Find("added_tokens")?.Items(MostAdded).Select(token => Added(token, token.Need("id").Whole(MostTokens))) ?? []];
        var byteLevel = DecoderReader.IsByteLevel(root.Need("decoder"));
        var normalize = NormalizerReader.Read(root.Find("normalizer"));
        return new PipelineTokenizer(
            added, token => normalize(token.Text), (text, _) => normalize(text), PreTokenizerReader.Read(root.Find("pre_tokenizer")), encode,
            Texts(ids, added, byteLevel ? TokenTexts.FromAlphabet : TokenTexts.FromPiece), PostProcessorReader.StartId(root.Find("post_processor")),
            byteLevel || part.Flag("byte_fallback", false));
    }

    /// <summary>An entry of <c>added_tokens</c>, or of a configuration's <c>added_tokens_decoder</c>, where its id is its name.</summary>
    public static AddedToken Added(JsonPart part, int id)
    {
        part.Only("id", "content", "single_word", "lstrip", "rstrip", "normalized", "special");
        var text = part.Text("content");
        if (text.Length is 0 or > LongestAdded) throw part.Invalid(string.Create(CultureInfo.InvariantCulture, $"content must have 1 to {LongestAdded} characters"));
        var special = part.Flag("special", false);
        return new AddedToken(id, text, special, part.Flag("normalized", !special), part.Flag("single_word", false),
            part.Flag("lstrip", false), part.Flag("rstrip", false));
    }

    private static byte[][] Texts(Dictionary<string, int> ids, AddedToken[] added, Func<string, byte[]> text)
    {
        var bytes = new byte[1 + ids.Values.Concat(added.Select(token => token.Id)).Max()][];
        Array.Fill(bytes, []);
        foreach (var (token, id) in ids) bytes[id] = text(token);
        foreach (var token in added) bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Text);
        return bytes;
    }
}
