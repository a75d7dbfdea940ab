using System.Text;

namespace Niche.Inference.Tokenizers;

/// <summary>The printable character that stands for each byte in byte-level BPE vocabularies (GPT-2, 2019).</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = Build();
    private static readonly Dictionary<char, byte> Back = Enumerable.Range(0, 256).ToDictionary(b => Chars[b], b => (byte)b);

    public static ReadOnlySpan<char> ByByte => Chars;

    /// <summary>The UTF-8 bytes of a text in this alphabet.</summary>
    public static string Write(string text) => string.Create(Encoding.UTF8.GetByteCount(text), text, (chars, source) =>
    {
        Span<byte> bytes = chars.Length <= 512 ? stackalloc byte[chars.Length] : new byte[chars.Length];
        Encoding.UTF8.GetBytes(source, bytes);
        for (var i = 0; i < bytes.Length; i++) chars[i] = Chars[bytes[i]];
    });

    /// <summary>The byte that a character stands for; null for one outside of the alphabet.</summary>
    public static byte? Read(char c) => Back.TryGetValue(c, out var b) ? b : null;

    private static char[] Build()
    {
        var chars = new char[256];
        var next = (char)256;
        for (var b = 0; b < 256; b++)
        {
            // Printable Latin-1 keeps itself; everything else moves, in byte order, above it.
            var printable = b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
            chars[b] = printable ? (char)b : next++;
        }
        return chars;
    }
}
