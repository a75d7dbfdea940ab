using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Niche.Attacks.Pictures;

/// <summary>Writes grey PNG files (RFC 2083) as raw base64, good ones and bad ones, which no honest library would write.</summary>
public static class PngFile
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(n => CrcOf((uint)n))];

    /// <summary>A good picture, 8 bits a pixel.</summary>
    public static string Gray(int width, int height, Func<int, int, byte> pixel) => WithData(width, height, 8, Compress(
        zlib =>
        {
            var row = new byte[width + 1];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++) row[x + 1] = pixel(x, y);
                zlib.Write(row);
            }
        }));

    /// <summary>A black picture, one bit a pixel: the smallest file for its number of pixels.</summary>
    public static string BlackBits(int width, int height) => WithData(width, height, 1, Compress(
        zlib =>
        {
            var row = new byte[((width + 7) / 8) + 1];
            for (var y = 0; y < height; y++) zlib.Write(row);
        }));

    /// <summary>A right header and any pixel data.</summary>
    public static string WithData(int width, int height, byte bitDepth, byte[] data)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = bitDepth;
        WriteChunk(file, "IHDR", header);
        WriteChunk(file, "IDAT", data);
        WriteChunk(file, "IEND", []);
        return Convert.ToBase64String(file.GetBuffer(), 0, (int)file.Length);
    }

    private static byte[] Compress(Action<ZLibStream> write)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) write(zlib);
        return packed.ToArray();
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(body);
        var crc = uint.MaxValue;
        foreach (var b in body) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }

    private static uint CrcOf(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? 0xedb88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
