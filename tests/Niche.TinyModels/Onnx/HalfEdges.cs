using System.Text;

namespace Niche.TinyModels.Onnx;

/// <summary>Gives a graph inputs and outputs of half precision, as exports in half precision have them; inside it computes as before.</summary>
public static class HalfEdges
{
    private const int Graph = 7, Node = 1, Input = 11, Output = 12;

    /// <summary>The same graph with other edges.</summary>
    /// <param name="model">An ONNX file whose graph holds everything.</param>
    public static byte[] Of(byte[] model)
    {
        var file = new ProtoWriter();
        foreach (var (field, number, bytes) in Fields(model))
        {
            if (bytes is null) file.Number(field, number);
            else file.Bytes(field, field == Graph ? Changed(bytes) : bytes);
        }
        return file.ToArray();
    }

    private static byte[] Changed(byte[] graph)
    {
        (int Field, long Number, byte[]? Bytes)[] fields = [.. Fields(graph)];
        var reals = fields.Where(field => field.Field is Input or Output).Select(field => (field.Field, Name: NameOf(field.Bytes!), Type: TypeOf(field.Bytes!)))
            .Where(edge => edge.Type == (int)ElementType.Real).ToDictionary(edge => edge.Name, edge => edge.Field);
        var changed = new ProtoWriter();
        foreach (var name in reals.Where(edge => edge.Value == Input).Select(edge => edge.Key)) changed.Message(Node, Cast(name, Inner(name), ElementType.Real));
        foreach (var (field, number, bytes) in fields)
        {
            if (bytes is null) changed.Number(field, number);
            else changed.Bytes(field, field == Node ? Renamed(bytes, reals) : field is Input or Output && reals.ContainsKey(NameOf(bytes)) ? Halved(bytes) : bytes);
        }
        foreach (var name in reals.Where(edge => edge.Value == Output).Select(edge => edge.Key)) changed.Message(Node, Cast(Inner(name), name, ElementType.Half));
        return changed.ToArray();
    }

    private static string Inner(string name) => $"{name}/real";

    private static ProtoWriter Cast(string from, string to, ElementType type) => new ProtoWriter().Text(1, from).Text(2, to).Text(4, "Cast")
        .Message(5, new ProtoWriter().Text(1, "to").Number(3, (int)type).Number(20, 2));

    private static byte[] Renamed(byte[] node, Dictionary<string, int> reals) => Rewrite(node, (field, bytes) =>
        field is 1 or 2 && reals.ContainsKey(Encoding.UTF8.GetString(bytes)) ? Encoding.UTF8.GetBytes(Inner(Encoding.UTF8.GetString(bytes))) : bytes);

    // ValueInfo: 2 = type; in it 1 = tensor; in it 1 = element type.
    private static byte[] Halved(byte[] edge) => Rewrite(edge, (field, type) => field != 2 ? type
        : Rewrite(type, (_, tensor) => Rewrite(tensor, (_, shape) => shape, number => number == (int)ElementType.Real ? (int)ElementType.Half : number)));

    internal static byte[] Rewrite(byte[] message, Func<int, byte[], byte[]> change, Func<long, long>? numbers = null)
    {
        var written = new ProtoWriter();
        foreach (var (field, number, bytes) in Fields(message))
        {
            if (bytes is null) written.Number(field, numbers?.Invoke(number) ?? number);
            else written.Bytes(field, change(field, bytes));
        }
        return written.ToArray();
    }

    private static string NameOf(byte[] edge) => Encoding.UTF8.GetString(Fields(edge).First(field => field.Field == 1).Bytes!);

    private static long TypeOf(byte[] edge) =>
        Fields(Fields(Fields(edge).First(field => field.Field == 2).Bytes!).First(field => field.Field == 1).Bytes!).First(field => field.Field == 1).Number;

    internal static IEnumerable<(int Field, long Number, byte[]? Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return (field, (long)Varint(message, ref at), null);
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return (field, 0, message.AsSpan(at, length).ToArray());
                    at += length;
                    break;
                default:
                    throw new NotSupportedException("Only nodes' attributes hold other kinds of fields.");
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return value;
        }
    }
}
