using System.Text.Json;
using Niche.TinyModels.Onnx;

namespace Niche.TinyModels;

/// <summary>Tokenizers that know letters and a few words.</summary>
public static class TinyTokenizers
{
    /// <summary>Size of the CLIP vocabulary: every byte, every byte at the end of a word, start and end.</summary>
    public const int ClipWords = 514;

    /// <summary>Pieces of the T5 vocabulary with their log probabilities, after padding, end and unknown.</summary>
    public static IReadOnlyList<(string Piece, float Score)> Pieces { get; } =
    [
        .. "abcdefghijklmnopqrstuvwxyz".Select((letter, i) => (letter.ToString(), -8f - (0.01f * i))),
        ("\u2581", -3f), ("\u2581a", -2.5f), ("\u2581red", -4f), ("\u2581house", -4.2f), ("ho", -5f), ("use", -5.1f), ("re", -4.9f), ("\u2581the", -2.2f), ("ed", -4.8f),
    ];

    /// <summary>Size of the T5 vocabulary.</summary>
    public static int T5Words => Pieces.Count + 3;

    /// <summary>Adds a CLIP tokenizer.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">Folder of its files, ending in a slash.</param>
    /// <param name="length">Tokens of a window.</param>
    /// <param name="padding">Token that fills up a window; null for the end token.</param>
    public static void AddClip(TinyFolder folder, string prefix, int length, string? padding = null)
    {
        var alphabet = Alphabet();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var letter in alphabet) ids[letter] = ids.Count;
        foreach (var letter in alphabet) ids[$"{letter}</w>"] = ids.Count;
        ids["<|startoftext|>"] = ids.Count;
        ids["<|endoftext|>"] = ids.Count;
        folder.Add($"{prefix}vocab.json", JsonSerializer.Serialize(ids));
        folder.Add($"{prefix}merges.txt", "#version: 0.2\n");
        folder.Add($"{prefix}tokenizer_config.json", padding is null
            ? $$"""{"model_max_length":{{length}}}""" : $$"""{"model_max_length":{{length}},"pad_token":"{{padding}}"}""");
    }

    /// <summary>Adds a GPT-2 tokenizer: bytes, a few words, and last the token that begins and ends a text.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="count">Number of its tokens, at least 264; further ones stand for words that no text is cut into.</param>
    public static void AddGpt2(TinyFolder folder, int count)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var letter in Alphabet()) ids[letter] = ids.Count;
        (string Left, string Right)[] merges = [("s", "e"), ("r", "e"), ("re", "d"), ("\u0120", "red"), ("h", "o"), ("ho", "u"), ("hou", "se")];
        foreach (var (left, right) in merges) ids[left + right] = ids.Count;
        while (ids.Count < count - 1) ids[$"zz{ids.Count}"] = ids.Count;
        ids["<|endoftext|>"] = ids.Count;
        folder.Add("vocab.json", JsonSerializer.Serialize(ids));
        folder.Add("merges.txt", string.Concat(merges.Select(merge => $"{merge.Left} {merge.Right}\n")));
    }

    /// <summary>Adds a T5 tokenizer as a SentencePiece unigram model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="prefix">Folder of its files, ending in a slash.</param>
    /// <param name="length">Tokens of a prompt.</param>
    public static void AddT5(TinyFolder folder, string prefix, int length)
    {
        const int Normal = 1, Unknown = 2, Control = 3, Unigram = 1;
        var model = new ProtoWriter();
        void Piece(string text, float score, int type) => model.Message(1, new ProtoWriter().Text(1, text).Real(2, score).Number(3, type));
        Piece("<pad>", 0, Control);
        Piece("</s>", 0, Control);
        Piece("<unk>", 0, Unknown);
        foreach (var (piece, score) in Pieces) Piece(piece, score, Normal);
        model.Message(2, new ProtoWriter().Number(3, Unigram).Number(4, T5Words).Number(40, 2).Number(41, -1).Number(42, 1).Number(43, 0));
        model.Message(3, new ProtoWriter().Text(1, "identity").Number(3, 1).Number(4, 1).Number(5, 1));
        folder.Add($"{prefix}spiece.model", model.ToArray());
        folder.Add($"{prefix}tokenizer_config.json", $$"""{"model_max_length":{{length}}}""");
    }

    // The printable stand-ins of GPT-2's byte vocabulary.
    private static string[] Alphabet()
    {
        var next = 256;
        return [.. Enumerable.Range(0, 256).Select(b => ((char)(b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255) ? b : next++)).ToString())];
    }
}
