using Microsoft.ML.Tokenizers;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers;

/// <summary>The SentencePiece tokenizer of T5, from <c>spiece.model</c>: pieces, end token, padding with 0.</summary>
public sealed class T5Tokenizer
{
    private const int EndId = 1;

    // T5 has no start token and says so with -1, which the library takes for an index. Protocol buffers merge what comes later into what came
    // before: trainer_spec { bos_id: 1 }. No start token is ever added, so its number means nothing.
    private static readonly byte[] StartIsEnd = [0x12, 0x03, 0xC8, 0x02, 0x01];
    private readonly SentencePieceTokenizer _pieces;

    private T5Tokenizer(SentencePieceTokenizer pieces, int length) => (_pieces, Length) = (pieces, length);

    /// <summary>Number of ids that <see cref="Encode"/> returns.</summary>
    public int Length { get; }

    /// <summary>Reads <c>spiece.model</c>, and the length from <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="prefix">Folder of the files inside it, ending in a slash.</param>
    /// <param name="longest">Cuts off longer lengths.</param>
    /// <exception cref="ModelFolderException">The files are damaged or belong to another kind of tokenizer.</exception>
    public static T5Tokenizer Load(ModelFolder folder, string prefix, int longest)
    {
        var path = folder.PathOf($"{prefix}spiece.model");
        var length = folder.ReadJson($"{prefix}tokenizer_config.json").TryGetProperty("model_max_length", out var json)
            && json.TryGetInt32(out var stated) && stated is >= 2 and <= 4096 ? stated : longest;
        try
        {
            using var file = new MemoryStream([.. File.ReadAllBytes(path), .. StartIsEnd]);
            return new T5Tokenizer(SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false), Math.Min(length, longest));
        }
        catch (Exception e) when (e is IOException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NotSupportedException)
        {
            throw new ModelFolderException("tokenizer_invalid", path, $"not a SentencePiece model: {e.Message}", e);
        }
    }

    /// <summary>Ids of a text, always <see cref="Length"/> of them: pieces (cut where they do not fit), end, padding.</summary>
    /// <param name="text">Any text.</param>
    public int[] Encode(string text)
    {
        var ids = new int[Length];
        var taken = 0;
        foreach (var id in _pieces.EncodeToIds(text))
        {
            if (taken == Length - 1) break;
            ids[taken++] = id;
        }
        ids[taken] = EndId;
        return ids;
    }
}
