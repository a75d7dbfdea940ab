using CsCheck;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

public sealed class ImageHeaderTests
{
    private static readonly string[] Names =
        [nameof(Pictures.Png), nameof(Pictures.Jpeg), nameof(Pictures.WebPLossy), nameof(Pictures.WebPLossless), nameof(Pictures.WebPExtended)];

    public static TheoryData<string, ImageFormat> Formats => new()
    {
        { nameof(Pictures.Png), ImageFormat.Png },
        { nameof(Pictures.Jpeg), ImageFormat.Jpeg },
        { nameof(Pictures.WebPLossy), ImageFormat.WebP },
        { nameof(Pictures.WebPLossless), ImageFormat.WebP },
        { nameof(Pictures.WebPExtended), ImageFormat.WebP },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void Format_and_size_are_read(string name, ImageFormat format) =>
        Gen.Select(Gen.Int[1, 16_383], Gen.Int[1, 16_383]).Sample((width, height) =>
            ImageHeader.TryRead(Make(name, width, height), out var header) && header == new ImageHeader(format, width, height));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_truncation_is_refused_or_harmless(string name, ImageFormat format)
    {
        var file = Make(name, 128, 96);
        for (var length = 0; length <= file.Length; length++)
            if (ImageHeader.TryRead(file.AsSpan(0, length), out var header)) Assert.Equal(new ImageHeader(format, 128, 96), header);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 0)]
    [InlineData(-1, 10)]
    public void A_png_without_pixels_is_refused(int width, int height) => Assert.False(ImageHeader.TryRead(Pictures.Png(width, height), out _));

    [Fact]
    public void Random_bytes_behind_a_true_signature_never_throw() =>
        Gen.Select(Gen.Int[0, Names.Length - 1].Select(i => Names[i]), Gen.Byte.Array[0, 80], Gen.Int[1, 20])
            .Sample(
                (name, noise, at) =>
                {
                    var file = Make(name, 128, 128).AsSpan(0, at).ToArray().Concat(noise).ToArray();
                    return !ImageHeader.TryRead(file, out var header) || header is { Width: > 0, Height: > 0 };
                },
                iter: 20_000);

    [Fact]
    public void A_jpeg_of_nothing_but_markers_ends()
    {
        var file = new byte[1 << 20];
        Array.Fill(file, (byte)0xff);
        file[1] = 0xd8;
        Assert.False(ImageHeader.TryRead(file, out _));
    }

    private static byte[] Make(string name, int width, int height) => name switch
    {
        nameof(Pictures.Png) => Pictures.Png(width, height),
        nameof(Pictures.Jpeg) => Pictures.Jpeg(width, height),
        nameof(Pictures.WebPLossy) => Pictures.WebPLossy(width, height),
        nameof(Pictures.WebPLossless) => Pictures.WebPLossless(width, height),
        _ => Pictures.WebPExtended(width, height),
    };
}
