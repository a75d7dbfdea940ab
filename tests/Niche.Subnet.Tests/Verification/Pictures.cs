using System.Buffers.Binary;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Tests.Verification;

/// <summary>Headers written by hand after the format specifications, and feature arrays of known distance.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height)
    {
        var file = new byte[64];
        new byte[] { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52 }.CopyTo(file, 0);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    // SOI, APP0 (JFIF) of 16 bytes, a fill byte, SOF2 with the size.
    public static byte[] Jpeg(int width, int height)
    {
        byte[] file = [0xff, 0xd8, 0xff, 0xe0, 0, 16, .. new byte[14], 0xff, 0xff, 0xc2, 0, 17, 8, 0, 0, 0, 0, 3, .. new byte[9]];
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(26), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(28), (ushort)width);
        return file;
    }

    public static byte[] WebPLossy(int width, int height)
    {
        byte[] file = [.. WebP("VP8 "u8), 0, 0, 0, 0x9d, 0x01, 0x2a, 0, 0, 0, 0, .. new byte[20]];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(26), (ushort)width);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), (ushort)height);
        return file;
    }

    public static byte[] WebPLossless(int width, int height)
    {
        byte[] file = [.. WebP("VP8L"u8), 0x2f, 0, 0, 0, 0, .. new byte[20]];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(21), (uint)((width - 1) | ((height - 1) << 14)));
        return file;
    }

    public static byte[] WebPExtended(int width, int height)
    {
        byte[] file = [.. WebP("VP8X"u8), 0, 0, 0, 0, (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0, .. new byte[20]];
        return file;
    }

    /// <summary>Features whose grid and latent differ from <c>Features(0)</c> by exactly the given amounts.</summary>
    public static ImageFeatures Features(int gridOffset = 0, float latentOffset = 0, float turn = 0, ulong hash = 0, double? text = null)
    {
        var grid = new byte[ImageFeatures.GridLength];
        for (var i = 0; i < grid.Length; i++) grid[i] = (byte)(40 + (i % 120) + gridOffset);
        var latent = new float[1024];
        for (var i = 0; i < latent.Length; i++) latent[i] = (i % 2 == 0 ? 1 : -1) * (1 + latentOffset);
        return new ImageFeatures(128, 128, [MathF.Cos(turn), MathF.Sin(turn)], latent, grid, hash, hash, text);
    }

    private static byte[] WebP(ReadOnlySpan<byte> chunk) => [.. "RIFF"u8, 0, 0, 0, 0, .. "WEBP"u8, .. chunk, 0, 0, 0, 0];
}
