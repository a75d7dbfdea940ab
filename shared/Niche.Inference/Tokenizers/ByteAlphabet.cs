namespace Niche.Inference.Tokenizers;

/// <summary>The printable character that stands for each byte in byte-level BPE vocabularies (GPT-2, 2019).</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = Build();

    public static ReadOnlySpan<char> ByByte => Chars;

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
