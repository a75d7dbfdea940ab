using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using CsCheck;
using Niche.Inference.Images;
using SkiaSharp;

namespace Niche.Inference.Tests.Images;

/// <summary>Files that promise more than they hold, hold more than they should, or end too early, in every format that the decoder underneath knows.</summary>
public sealed class HostileImageTests
{
    private static readonly ImageLimits Limits = new();
    private static readonly RgbImage Image = ImageFileTests.Gradient(32);

    public static TheoryData<string> Huge() => ["jpeg", "webp", "webp-lossless", "gif", "bmp"];

    [Theory]
    [MemberData(nameof(Huge))]
    public void A_promise_of_a_huge_picture_is_refused_by_the_header(string format)
    {
        var file = Promise(format);
        Refused(file);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Contains(Refused(file), new[] { "image_too_large", "image_format", "image_undecodable" });
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 100_000);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Every_file_that_ends_too_early_is_refused_and_never_read_beyond(SKEncodedImageFormat format)
    {
        var file = Encode(format);

        // The last bytes are checksums and ends, which a decoder may do without.
        Gen.Int[0, file.Length * 2 / 3].Sample(length => Assert.Equal("image_undecodable", Refused(file[..length])), iter: 200);
        Assert.Equal(32, ImageFile.Decode(file, Limits).Image.Width);
    }

    [Fact]
    public void Of_a_thousand_frames_only_the_first_is_decoded()
    {
        var still = Encode(SKEncodedImageFormat.Webp);
        var file = Animated(still[12..], frames: 1000);
        var start = Stopwatch.GetTimestamp();

        var decoded = ImageFile.Decode(file, Limits).Image;

        Assert.Equal((32, 32), (decoded.Width, decoded.Height));
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_jpeg_of_endless_scans_is_given_up()
    {
        // A scan is a few bytes but visits every block of the picture: 8 MB of them would take hours.
        var start = Stopwatch.GetTimestamp();

        Assert.Equal("image_undecodable", Refused(Progressive(scans: 100_000)));
        Assert.Equal(64, ImageFile.Decode(Progressive(scans: 5), Limits).Image.Width);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void What_a_picture_says_beside_its_pixels_is_gone_once_it_was_read()
    {
        var secret = "GPS 48.8584 N 2.2945 E"u8.ToArray();
        var png = ImageFile.EncodePng(Image);
        byte[][] files = [[.. png[..33], .. Chunk("tEXt", [.. "Comment\0"u8, .. secret]), .. Chunk("eXIf", [.. "MM\0*"u8, .. secret]), .. png[33..]], WithExif(Encode(SKEncodedImageFormat.Jpeg), secret)];
        foreach (var file in files)
        {
            var image = ImageFile.Decode(file, Limits).Image;
            Assert.All([ImageFile.EncodePng(image), ImageFile.EncodeJpeg(image)], written => Assert.Equal(-1, written.AsSpan().IndexOf(secret)));
        }
    }

    private static string Refused(byte[] file) => Assert.Throws<ImageException>(() => ImageFile.Decode(file, Limits)).Code;

    private static byte[] Encode(SKEncodedImageFormat format, int quality = 90)
    {
        using var bitmap = new SKBitmap(Image.Width, Image.Height);
        for (var i = 0; i < Image.Width * Image.Height; i++) bitmap.SetPixel(i % Image.Width, i / Image.Width, new SKColor(Image.Pixels[3 * i], Image.Pixels[(3 * i) + 1], Image.Pixels[(3 * i) + 2]));
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    private static byte[] Promise(string format)
    {
        switch (format)
        {
            case "jpeg":
                var jpeg = Encode(SKEncodedImageFormat.Jpeg);
                var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 65_000);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 65_000);
                return jpeg;
            case "webp":
                // VP8: fourteen bits for each side behind the start code.
                var lossy = Encode(SKEncodedImageFormat.Webp);
                var start = lossy.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]) + 3;
                BinaryPrimitives.WriteUInt32LittleEndian(lossy.AsSpan(start), 0x3FFF_3FFF);
                return lossy;
            case "webp-lossless":
                // VP8L: twice fourteen bits behind the signature.
                var lossless = new byte[40];
                "RIFF\u0020\0\0\0WEBPVP8L\u0014\0\0\0/"u8.CopyTo(lossless);
                BinaryPrimitives.WriteUInt32LittleEndian(lossless.AsSpan(21), 0x0FFF_FFFF);
                return lossless;
            case "gif":
                var gif = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");
                BinaryPrimitives.WriteUInt32LittleEndian(gif.AsSpan(6), uint.MaxValue);
                return gif;
            default:
                var bmp = new byte[200];
                "BM"u8.CopyTo(bmp);
                (bmp[10], bmp[14], bmp[26], bmp[28]) = (54, 40, 1, 24);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), 50_000);
                BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), 50_000);
                return bmp;
        }
    }

    // RIFF container of VP8X, ANIM and frames, each the same still picture.
    private static byte[] Animated(byte[] still, int frames)
    {
        var body = new List<byte>("WEBP"u8.ToArray());
        body.AddRange(Riff("VP8X", [2, 0, 0, 0, 31, 0, 0, 31, 0, 0]));
        body.AddRange(Riff("ANIM", new byte[6]));
        var frame = Riff("ANMF", [0, 0, 0, 0, 0, 0, 31, 0, 0, 31, 0, 0, 10, 0, 0, 0, .. still]);
        for (var i = 0; i < frames; i++) body.AddRange(frame);
        return Riff("RIFF", [.. body]);
    }

    private static byte[] Riff(string name, byte[] data)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, data.Length);
        return [.. Encoding.ASCII.GetBytes(name), .. length, .. data, .. new byte[data.Length % 2]];
    }

    // Grey, 64 x 64: one scan of means, then scans that say "nothing more" for all blocks at once. Every Huffman table has the one code 0.
    private static byte[] Progressive(int scans)
    {
        var file = new List<byte> { 0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0 };
        file.AddRange(Enumerable.Repeat((byte)1, 64));
        file.AddRange([0xFF, 0xC2, 0, 11, 8, 0, 64, 0, 64, 1, 1, 0x11, 0]);
        file.AddRange([0xFF, 0xC4, 0, 20, 0x00, 1, .. new byte[15], 0]);
        file.AddRange([0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0]);
        file.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0x00, 0, 0, 0, .. new byte[8]]);
        for (var i = 0; i < scans; i++) file.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0x00, 1, 63, 0, .. new byte[8]]);
        file.AddRange([0xFF, 0xD9]);
        return [.. file];
    }

    private static byte[] WithExif(byte[] jpeg, byte[] secret)
    {
        byte[] body = [.. "Exif\0\0MM\0*\0\0\0\b\0\0"u8, .. secret];
        return [.. jpeg[..2], 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..]];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. data];
        var (length, crc) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(crc, ImageFileTests.Crc(named));
        return [.. length, .. named, .. crc];
    }
}
