using System.Text;
using System.Text.RegularExpressions;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers;

/// <summary>
/// GPT-2's byte-level BPE: case kept, a leading space is part of the word. The end token is never read out of a text, only set by code.
/// </summary>
public sealed partial class Gpt2Tokenizer : ITextTokenizer
{
    private const string End = "<|endoftext|>";
    private readonly BytePairVocabulary _vocabulary;
    private readonly int[] _bytes = new int[256];
    private readonly byte[][] _tokens;

    private Gpt2Tokenizer(BytePairVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        EndId = vocabulary.Require(End);
        var back = new Dictionary<char, byte>();
        for (var b = 0; b < 256; b++)
        {
            _bytes[b] = vocabulary.Require(ByteAlphabet.ByByte[b].ToString());
            back[ByteAlphabet.ByByte[b]] = (byte)b;
        }
        _tokens = new byte[vocabulary.Ids.Values.Max() + 1][];
        Array.Fill(_tokens, []);
        foreach (var (token, id) in vocabulary.Ids)
        {
            if (id != EndId) _tokens[id] = [.. token.Select(c => back.GetValueOrDefault(c, (byte)' '))];
        }
        LongestToken = _tokens.Max(token => token.Length);
    }

    /// <summary>Id of the token that begins and ends a text.</summary>
    public int EndId { get; }

    /// <inheritdoc/>
    public int Count => _tokens.Length;

    /// <inheritdoc/>
    public int? StartId => EndId;

    /// <inheritdoc/>
    public int LongestToken { get; }

    /// <summary>Reads <c>vocab.json</c> and <c>merges.txt</c>.</summary>
    /// <param name="folder">A verified folder.</param>
    /// <param name="prefix">Folder of the files inside it, ending in a slash, or empty.</param>
    /// <exception cref="ModelFolderException">The files are damaged or belong to another kind of tokenizer.</exception>
    public static Gpt2Tokenizer Load(ModelFolder folder, string prefix = "")
    {
        try
        {
            return new Gpt2Tokenizer(BytePairVocabulary.Load(folder, prefix));
        }
        catch (FormatException e)
        {
            throw new ModelFolderException("tokenizer_invalid", folder.PathOf($"{prefix}vocab.json"), e.Message, e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>();
        foreach (var match in Pattern().EnumerateMatches(text))
        {
            var word = text.AsSpan(match.Index, match.Length);
            var bytes = new byte[Encoding.UTF8.GetByteCount(word)];
            Encoding.UTF8.GetBytes(word, bytes);
            var symbols = new int[bytes.Length];
            for (var i = 0; i < bytes.Length; i++) symbols[i] = _bytes[bytes[i]];
            ids.AddRange(symbols.AsSpan(0, _vocabulary.Merge(symbols)));
        }
        return ids;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Bytes(int id) => _tokens[id];

    /// <summary>Text of ids; broken UTF-8 becomes U+FFFD.</summary>
    /// <param name="ids">Token ids.</param>
    public string Decode(IEnumerable<int> ids) => Encoding.UTF8.GetString([.. ids.SelectMany(id => _tokens[id])]);

    [GeneratedRegex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
