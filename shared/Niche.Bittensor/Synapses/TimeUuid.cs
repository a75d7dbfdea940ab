using System.Globalization;
using System.Security.Cryptography;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// Time-based uuids (version 1, RFC 9562), which is what stock dendrites and axons name themselves by. The node is random with the multicast
/// bit set, as the RFC asks of those that keep their hardware address to themselves.
/// </summary>
internal static class TimeUuid
{
    private static readonly DateTimeOffset Gregorian = new(1582, 10, 15, 0, 0, 0, TimeSpan.Zero);

    public static string Create(TimeProvider time)
    {
        var ticks = (ulong)(time.GetUtcNow() - Gregorian).Ticks;
        Span<byte> random = stackalloc byte[8];
        RandomNumberGenerator.Fill(random);
        var sequence = ((random[0] & 0x3F) | 0x80) << 8 | random[1];
        random[2] |= 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(uint)ticks:x8}-{(ushort)(ticks >> 32):x4}-{0x1000 | (ushort)(ticks >> 48) & 0x0FFF:x4}-{sequence:x4}-{Convert.ToHexStringLower(random[2..])}");
    }
}
