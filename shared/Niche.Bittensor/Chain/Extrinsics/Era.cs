using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Extrinsics;

/// <summary>For how long an extrinsic is valid: for ever, or for a period of blocks from its birth.</summary>
/// <param name="Period">Blocks, a power of two from 4 to 65,536; 0 for ever.</param>
/// <param name="Phase">The birth block modulo the period.</param>
public readonly record struct Era(ulong Period, ulong Phase)
{
    /// <summary>The period that Bittensor's own SDK signs with.</summary>
    public const ulong DefaultPeriod = 128;

    /// <summary>Valid for ever; signed over the genesis hash.</summary>
    public static Era Immortal => default;

    /// <summary>True for a period.</summary>
    public bool IsMortal => Period != 0;

    /// <summary>An era that begins at <paramref name="current"/>, or up to 15 blocks before for periods above 4,096.</summary>
    /// <param name="current">The block to count from: the newest finalised one.</param>
    /// <param name="period">Blocks; rounded up to a power of two and kept within 4 to 65,536.</param>
    public static Era Mortal(ulong current, ulong period = DefaultPeriod)
    {
        var rounded = BitOperations.RoundUpToPowerOf2(Math.Clamp(period, 4, 65536));
        var quantum = Quantum(rounded);
        return new Era(rounded, current % rounded / quantum * quantum);
    }

    /// <summary>The block at which the extrinsic became valid, seen from <paramref name="current"/>; its hash is signed. 0 (genesis) when immortal.</summary>
    public ulong Birth(ulong current) => IsMortal ? ((Math.Max(current, Phase) - Phase) / Period * Period) + Phase : 0;

    /// <summary>The first block at which it is no longer valid; the largest number when immortal.</summary>
    public ulong Death(ulong current) => IsMortal ? Birth(current) + Period : ulong.MaxValue;

    /// <summary>Writes 1 byte when immortal, else 2.</summary>
    public void Write(ScaleWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (!IsMortal)
        {
            writer.WriteByte(0);
            return;
        }

        var low = Math.Clamp(BitOperations.TrailingZeroCount(Period) - 1, 1, 15);
        writer.WriteU16((ushort)((uint)low | (uint)(Phase / Quantum(Period) << 4)));
    }

    /// <summary>Reads 1 or 2 bytes.</summary>
    /// <exception cref="ScaleFormatException">Not an era.</exception>
    public static Era Read(ref ScaleReader reader)
    {
        var at = reader.Position;
        var first = reader.ReadByte();
        if (first == 0) return Immortal;
        Span<byte> both = [first, reader.ReadByte()];
        var encoded = BinaryPrimitives.ReadUInt16LittleEndian(both);
        var period = 2UL << (encoded % 16);
        var phase = (ulong)(encoded >> 4) * Quantum(period);
        return period >= 4 && phase < period ? new Era(period, phase) : throw reader.Fail($"the era {encoded:x4}", "period 4 to 65536 and a phase below it", at);
    }

    /// <summary>For people.</summary>
    public override string ToString() =>
        IsMortal ? string.Create(CultureInfo.InvariantCulture, $"mortal, {Period} blocks from phase {Phase}") : "immortal";

    private static ulong Quantum(ulong period) => Math.Max(period >> 12, 1);
}
