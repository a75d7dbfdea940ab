using System.Buffers.Binary;
using System.Text;
using Niche.Inference.Models;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>The content of a SentencePiece model as far as cutting a text needs it.</summary>
internal sealed class SentencePieceFile
{
    private const int Pieces = 1, Trainer = 2, Normalizer = 3;
    private const int ModelType = 3, SpaceBehind = 24, ByteFallbackField = 35, UnknownField = 40, StartField = 41;
    private const int CharacterMap = 2, DummyPrefix = 3, ExtraSpaces = 4, EscapedSpaces = 5;
    private const int UnigramKind = 1, BytePairs = 2, LongestPiece = 1024;

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <exception cref="FormatException">Damaged.</exception>
    /// <exception cref="NotSupportedException">It needs what is not offered; the message names it.</exception>
    public SentencePieceFile(byte[] bytes)
    {
        using var file = new MemoryStream(bytes);
        var kind = 1L;
        ProtoField[] fields = [.. ProtoFields.Of(file, 0, bytes.Length)];
        foreach (var field in fields)
        {
            if (field.Number == Pieces) List.Add(Piece(file, field));
            if (field.Number == Trainer) kind = ReadTrainer(file, field, kind);
            if (field.Number == Normalizer) ReadNormalizer(file, field);
        }
        if (List.Count is 0 or > TokenizerJson.MostTokens || fields.All(field => field.Number != Trainer)) throw new FormatException("not a SentencePiece model");
        if (kind is not (BytePairs or UnigramKind)) throw new NotSupportedException($"a model of type {kind} is not supported");
        Unigram = kind == UnigramKind;
        if (Unigram && List.Any(piece => piece.Type == SentencePieceType.UserDefined)) throw new NotSupportedException("a Unigram model with user-defined pieces is not supported");
        if (UnknownId < 0 || UnknownId >= List.Count) throw new FormatException("no unknown piece");
    }

    /// <summary>Pieces in the order of their ids.</summary>
    public List<(string Text, float Score, SentencePieceType Type)> List { get; } = [];

    /// <summary>Whether texts are cut by likelihood, and not by merging.</summary>
    public bool Unigram { get; }

    /// <summary>Whether unknown characters become bytes.</summary>
    public bool ByteFallback { get; private set; }

    /// <summary>Whether a space is set before a text.</summary>
    public bool Prefix { get; private set; } = true;

    /// <summary>The unknown token.</summary>
    public int UnknownId { get; private set; }

    /// <summary>The start token; negative when there is none.</summary>
    public int StartId { get; private set; } = 1;

    private static (string Text, float Score, SentencePieceType Type) Piece(MemoryStream file, ProtoField message)
    {
        var (text, score, type) = ("", 0f, SentencePieceType.Normal);
        foreach (var field in ProtoFields.Of(file, message.Start, message.Start + message.Value))
        {
            if (field is { Number: 1, Value: > 0 and <= LongestPiece, Start: > 0 }) text = Encoding.UTF8.GetString(ProtoFields.Bytes(file, field));
            if (field is { Number: 2, Value: 4 }) score = BinaryPrimitives.ReadSingleLittleEndian(ProtoFields.Bytes(file, field));
            if (field.Number == 3) type = (SentencePieceType)field.Value;
        }
        if (text.Length == 0 || float.IsNaN(score) || !Enum.IsDefined(type)) throw new FormatException("a piece without text, score or type");
        return type == SentencePieceType.Unused ? throw new NotSupportedException($"the unused piece '{text}' is not supported") : (text, score, type);
    }

    private long ReadTrainer(MemoryStream file, ProtoField message, long kind)
    {
        foreach (var field in ProtoFields.Of(file, message.Start, message.Start + message.Value))
        {
            if (field.Number == ModelType) kind = field.Value;
            if (field.Number == ByteFallbackField) ByteFallback = field.Value != 0;
            if (field.Number == UnknownField) UnknownId = (int)field.Value;
            if (field.Number == StartField) StartId = (int)field.Value;
            if (field.Number == SpaceBehind && field.Value != 0) throw new NotSupportedException("treat_whitespace_as_suffix is not supported");
        }
        return kind;
    }

    private void ReadNormalizer(MemoryStream file, ProtoField message)
    {
        // Absent means true for these two.
        var (extra, escaped) = (true, true);
        foreach (var field in ProtoFields.Of(file, message.Start, message.Start + message.Value))
        {
            if (field is { Number: CharacterMap, Value: > 0 }) throw new NotSupportedException("a normalizer with a precompiled_charsmap is not supported");
            if (field.Number == DummyPrefix) Prefix = field.Value != 0;
            if (field.Number == ExtraSpaces) extra = field.Value != 0;
            if (field.Number == EscapedSpaces) escaped = field.Value != 0;
        }
        if (extra) throw new NotSupportedException("remove_extra_whitespaces is not supported");
        if (!escaped) throw new NotSupportedException("a model without escape_whitespaces is not supported");
    }
}
