using System.Globalization;
using System.Text;

namespace Niche.Inference.Tokenizers.Pipeline;

/// <summary>What each token is as bytes of a text.</summary>
internal static class TokenTexts
{
    /// <summary>A token in the alphabet of bytes.</summary>
    public static byte[] FromAlphabet(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (ByteAlphabet.Read(token[i]) is not { } b) return Encoding.UTF8.GetBytes(token);
            bytes[i] = b;
        }
        return bytes;
    }

    /// <summary>A token of SentencePiece's kind: U+2581 is a space, <c>&lt;0x41&gt;</c> a byte.</summary>
    public static byte[] FromPiece(string token) =>
        token.Length == 6 && token.StartsWith("<0x", StringComparison.Ordinal) && token[5] == '>'
            && byte.TryParse(token.AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? [value]
            : Encoding.UTF8.GetBytes(token.Replace('\u2581', ' '));
}
