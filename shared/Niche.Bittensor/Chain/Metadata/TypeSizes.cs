using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>
/// The fewest bytes that values of each type take. Every way to write a type is a production over other types; types are settled from the
/// smallest up (Knuth, "A generalization of Dijkstra's algorithm", 1977), so hostile metadata costs no more than its length. A type that can
/// only be written by first writing a whole value of itself is never settled, and is refused.
/// </summary>
internal static class TypeSizes
{
    private const long Unknown = -1;
    private const long Most = 1L << 40;

    public static long[] Least(IReadOnlyList<TypeInfo> types)
    {
        var productions = types.SelectMany(type => Productions(type.Id, type.Definition)).ToArray();
        var users = Users(types, productions);
        var missing = productions.Select(production => production.Parts.Count).ToArray();
        var least = new long[types.Count];
        Array.Fill(least, Unknown);
        var candidates = new PriorityQueue<int, long>();
        for (var i = 0; i < productions.Length; i++)
            if (missing[i] == 0) candidates.Enqueue(productions[i].Type, productions[i].Own);

        while (candidates.TryDequeue(out var type, out var size))
        {
            if (least[type] != Unknown) continue;
            least[type] = size;
            foreach (var user in users[type])
                if (--missing[user] == 0) candidates.Enqueue(productions[user].Type, Size(productions[user], least));
        }

        var endless = Array.IndexOf(least, Unknown);
        return endless < 0 ? least : throw Bad(types[endless], "contains itself without end", "a type with finite values");
    }

    private static List<int>[] Users(IReadOnlyList<TypeInfo> types, Production[] productions)
    {
        var users = new List<int>[types.Count];
        for (var i = 0; i < users.Length; i++) users[i] = [];
        for (var i = 0; i < productions.Length; i++)
        {
            foreach (var part in productions[i].Parts)
            {
                if ((uint)part >= (uint)types.Count) throw Bad(types[productions[i].Type], $"uses type {part}", $"an id below {types.Count}");
                users[part].Add(i);
            }
        }

        foreach (var type in types)
            foreach (var aside in Aside(type.Definition))
                if ((uint)aside >= (uint)types.Count) throw Bad(type, $"uses type {aside}", $"an id below {types.Count}");
        return users;
    }

    private static IEnumerable<Production> Productions(int type, TypeDefinition definition) => definition switch
    {
        TypeDefinition.Composite composite => [new(type, 0, 1, [.. composite.Fields.Select(field => field.Type)])],
        TypeDefinition.Tuple tuple => [new(type, 0, 1, tuple.Items)],
        TypeDefinition.Array { Length: > 0 } array => [new(type, 0, array.Length, [array.Item])],
        TypeDefinition.Array => [new(type, 0, 1, [])],
        TypeDefinition.Primitive primitive => [new(type, primitive.Kind.Bytes(), 1, [])],

        // An enum without variants has no values; it may stand in a type as long as nobody has to write one.
        TypeDefinition.Variant { Variants.Count: 0 } => [new(type, 1, 1, [])],
        TypeDefinition.Variant variant => variant.Variants.Select(one => new Production(type, 1, 1, [.. one.Fields.Select(field => field.Type)])),
        _ => [new(type, 1, 1, [])],
    };

    /// <summary>Types that are named but need not be written: the items of a list, of an array of none, and what a compact integer stands for.</summary>
    private static IEnumerable<int> Aside(TypeDefinition definition) => definition switch
    {
        TypeDefinition.Sequence sequence => [sequence.Item],
        TypeDefinition.Array array => [array.Item],
        TypeDefinition.Compact compact => [compact.Inner],
        TypeDefinition.BitSequence bits => [bits.Store, bits.Order],
        _ => [],
    };

    private static long Size(Production production, long[] least)
    {
        var sum = 0L;
        foreach (var part in production.Parts) sum = Math.Min(Most, sum + least[part]);
        return (long)Int128.Min(Most, production.Own + (Int128)sum * production.Times);
    }

    private static ScaleFormatException Bad(TypeInfo type, string what, string expected) =>
        new($"type {type.Id} ({string.Join("::", type.Path)})", what, expected);

    private sealed record Production(int Type, long Own, uint Times, IReadOnlyList<int> Parts);
}
