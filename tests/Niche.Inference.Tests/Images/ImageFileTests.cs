using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Niche.Inference.Images;

namespace Niche.Inference.Tests.Images;

public sealed class ImageFileTests
{
    private static readonly ImageLimits Limits = new();

    private static readonly Gen<RgbImage> Picture =
        from width in Gen.Int[1, 40]
        from height in Gen.Int[1, 40]
        from pixels in Gen.Byte.Array[3 * width * height]
        select new RgbImage(width, height, pixels);

    public static TheoryData<string> NoPictures() =>
    [
        "", "00", "89504e47", Convert.ToHexString("<svg xmlns='http://www.w3.org/2000/svg'/>"u8),
        Convert.ToHexString(ImageFile.EncodePng(Gradient(64)), 0, 80), Convert.ToHexString(ImageFile.EncodeJpeg(Gradient(64)), 0, 150),
    ];

    [Fact]
    public void A_png_gives_its_pixels_back() => Picture.Sample(image =>
    {
        var decoded = ImageFile.Decode(ImageFile.EncodePng(image), Limits);
        Assert.Equal(ImageFileFormat.Png, decoded.Format);
        Assert.Equal((image.Width, image.Height), (decoded.Image.Width, decoded.Image.Height));
        Assert.Equal(image.Pixels, decoded.Image.Pixels);
    });

    [Fact]
    public void A_png_carries_nothing_but_pixels_and_repeats_byte_for_byte()
    {
        var file = ImageFile.EncodePng(Gradient(128));

        Assert.Equal(["IHDR", "IDAT", "IEND"], Chunks(file).Distinct());
        Assert.Equal(file, ImageFile.EncodePng(Gradient(128)));
    }

    [Fact]
    public void A_jpeg_comes_close()
    {
        var image = Gradient(64);

        var decoded = ImageFile.Decode(ImageFile.EncodeJpeg(image), Limits);

        Assert.Equal(ImageFileFormat.Jpeg, decoded.Format);
        Assert.True(image.Pixels.Zip(decoded.Image.Pixels, (a, b) => Math.Abs(a - b)).Average() < 6);
    }

    [Theory]
    [MemberData(nameof(NoPictures))]
    public void What_is_no_picture_is_refused(string hex) =>
        Assert.Equal("image_undecodable", Assert.Throws<ImageException>(() => ImageFile.Decode(Convert.FromHexString(hex), Limits)).Code);

    [Fact]
    public void A_gif_is_not_accepted()
    {
        var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

        Assert.Equal("image_format", Assert.Throws<ImageException>(() => ImageFile.Decode(gif, Limits)).Code);
    }

    [Theory]
    [InlineData(50_000, 50_000)]
    [InlineData(9000, 1)]
    [InlineData(3000, 3000)]
    public void A_bomb_is_refused_by_its_header(int width, int height)
    {
        var file = Bomb(width, height);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<ImageException>(() => ImageFile.Decode(file, Limits));

        Assert.Equal("image_too_large", error.Code);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Fact]
    public void A_file_above_the_byte_limit_is_refused_unread() => Assert.Equal("image_too_large",
        Assert.Throws<ImageException>(() => ImageFile.Decode(ImageFile.EncodePng(Gradient(64)), new ImageLimits(MaxBytes: 100))).Code);

    [Fact]
    public void Any_bytes_at_all_give_a_picture_or_a_typed_error()
    {
        var file = ImageFile.EncodePng(Gradient(32));
        Gen.Select(Gen.Int[0, file.Length - 1], Gen.Byte).Sample((at, value) =>
        {
            var copy = file.ToArray();
            copy[at] = value;
            try
            {
                ImageFile.Decode(copy, Limits);
            }
            catch (ImageException e)
            {
                Assert.StartsWith("image_", e.Code, StringComparison.Ordinal);
            }
        });
    }

    internal static RgbImage Gradient(int side)
    {
        var pixels = new byte[3 * side * side];
        for (var i = 0; i < side * side; i++)
        {
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)(i % side * 255 / side), (byte)(i / side * 255 / side),
                (byte)(255 - (i % side * 255 / side)));
        }
        return new RgbImage(side, side, pixels);
    }

    // A small file whose header promises a huge picture.
    private static byte[] Bomb(int width, int height)
    {
        var file = ImageFile.EncodePng(Gradient(8));
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc(file.AsSpan(12, 17)));
        return file;
    }

    internal static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var b in data)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xedb88320u);
        }
        return ~crc;
    }

    private static List<string> Chunks(byte[] png)
    {
        var chunks = new List<string>();
        for (var at = 8; at < png.Length; at += BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12) chunks.Add(Encoding.ASCII.GetString(png, at + 4, 4));
        return chunks;
    }
}
