using System.Text;

namespace Niche.Inference.Models;

/// <summary>Walks the fields of protocol buffer messages in a file without loading it: models are larger than what is sought in them.</summary>
internal static class ProtoFields
{
    private const int LongestText = 4096;

    /// <summary>The fields between two places.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where they start.</param>
    /// <param name="end">Where they end.</param>
    /// <param name="strict">Whether something that is no field is an error; otherwise it is the end, for the runtime has accepted the file, and what is not
    /// found is missing.</param>
    /// <exception cref="FormatException">Strictly read, it is not of fields.</exception>
    public static IEnumerable<ProtoField> Of(Stream file, long start, long end, bool strict = false)
    {
        if (start < 0)
        {
            Stop();
            yield break;
        }
        end = Math.Min(end, file.Length);
        while (start < end)
        {
            file.Position = start;
            if (Varint(file) is not { } key) { Stop(); yield break; }
            var field = new ProtoField((int)(key >> 3), -1, 0);
            switch (key & 7)
            {
                case 0:
                    if (Varint(file) is not { } value) { Stop(); yield break; }
                    start = file.Position;
                    yield return field with { Value = value };
                    break;
                case 2:
                    if (Varint(file) is not { } length || length < 0 || length > end - file.Position) { Stop(); yield break; }
                    start = file.Position + length;
                    yield return field with { Start = file.Position, Value = length };
                    break;
                case 1 or 5:
                    start = file.Position + ((key & 7) == 1 ? 8 : 4);
                    if (start > end) yield break;
                    yield return field with { Start = file.Position, Value = start - file.Position };
                    break;
                default:
                    Stop();
                    yield break;
            }
        }

        void Stop()
        {
            if (strict) throw new FormatException("its fields are broken off");
        }
    }

    /// <summary>The bytes of a field; none for a number.</summary>
    public static byte[] Bytes(Stream file, ProtoField field)
    {
        if (field.Start < 0) return [];
        var bytes = new byte[field.Value];
        file.Position = field.Start;
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The text of a field; empty when it is longer than any name.</summary>
    public static string Text(Stream file, ProtoField field) => field.Value <= LongestText ? Encoding.UTF8.GetString(Bytes(file, field)) : "";

    private static long? Varint(Stream file)
    {
        long value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = file.ReadByte();
            if (part < 0) return null;
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80) return value;
        }
        return null;
    }
}
