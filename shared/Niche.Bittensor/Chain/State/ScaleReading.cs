using System.Numerics;
using System.Text;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.State;

/// <summary>Reads decoded values into types of ours. A value of another shape or size is a <see cref="FormatException"/>, whatever it is.</summary>
internal static class ScaleReading
{
    /// <summary>Runs a reading of values; what it stumbles over becomes a format error.</summary>
    public static T Shaped<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is KeyNotFoundException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new FormatException($"{what} has another shape: {fault.Message}", fault);
        }
    }

    public static ushort U16(this ScaleValue value) => (ushort)value.AsInteger();

    public static ulong U64(this ScaleValue value) => (ulong)value.AsInteger();

    public static uint U32(this ScaleValue value) => (uint)value.AsInteger();

    /// <summary>SS58 address of an account.</summary>
    public static string Address(this ScaleValue value) => Ss58.Encode(value.AsBytes().Span);

    /// <summary>UTF-8 text from bytes, which the runtime shows as numbers when they are compact.</summary>
    public static string Utf8(this ScaleValue value) =>
        Encoding.UTF8.GetString(value is ScaleValue.Bytes bytes ? bytes.Value.Span : [.. value.Children().Select(item => (byte)item.AsInteger())]);

    /// <summary>The items of a list, read one by one. A list of u8 is no such list.</summary>
    public static IReadOnlyList<T> List<T>(this ScaleValue value, Func<ScaleValue, T> item) => [.. value.Children().Select(item)];

    /// <summary>The n-th item; the default when the list is shorter, as lists of a subnet are right after a registration.</summary>
    public static T At<T>(this IReadOnlyList<T> list, int index) where T : struct => index < list.Count ? list[index] : default;

    /// <summary>TAO from rao.</summary>
    public static double Tao(BigInteger rao) => (double)rao / 1e9;
}
