using System.Numerics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.Chain.Values;

/// <summary>A registry of random types, each with a random value; the same for the same seed.</summary>
public sealed class RandomTypes(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<TypeInfo> _types = [];

    /// <summary>A registry, a type in it, and a value of that type.</summary>
    public (TypeRegistry Types, int Type, ScaleValue Value) Next()
    {
        var (type, make) = AnyType(4);
        return (new TypeRegistry(_types), type, make());
    }

    private (int Type, Func<ScaleValue> Make) AnyType(int depth)
    {
        switch (depth == 0 ? 0 : _random.Next(11))
        {
            case 0 or 1: return Primitive((PrimitiveKind)_random.Next(15));
            case 2: return Compact();
            case 3: return Struct(depth, named: true);
            case 4: return Struct(depth, named: false);
            case 5:
                var items = Many(depth, _random.Next(4));
                return (Add(new TypeDefinition.Tuple([.. items.Select(item => item.Type)])), () => new ScaleValue.Sequence([.. items.Select(item => item.Make())]));
            case 6:
                var (item, one) = AnyType(depth - 1);
                return (Add(new TypeDefinition.Sequence(item)), () => ListOf(item, one, _random.Next(5)));
            case 7:
                var (cell, fill) = AnyType(depth - 1);
                var length = (uint)_random.Next(5);
                return (Add(new TypeDefinition.Array(length, cell)), () => ListOf(cell, fill, (int)length));
            case 8: return Enum(depth);
            case 9:
                var (inner, make) = AnyType(depth - 1);
                var option = new TypeDefinition.Variant([new("None", 0, [], []), new("Some", 1, [new(null, inner, null)], [])]);
                return (Add(option, "Option"), () => new ScaleValue.Optional(_random.Next(2) == 0 ? null : make()));
            default:
                var store = Add(new TypeDefinition.Primitive(PrimitiveKind.U8 + _random.Next(4)));
                var order = Add(new TypeDefinition.Composite([]), _random.Next(2) == 0 ? "Lsb0" : "Msb0");
                return (Add(new TypeDefinition.BitSequence(store, order)), () => new ScaleValue.Bits([.. Enumerable.Range(0, _random.Next(70)).Select(_ => _random.Next(2) == 0)]));
        }
    }

    private (int, Func<ScaleValue>) Primitive(PrimitiveKind kind)
    {
        var type = Add(new TypeDefinition.Primitive(kind));
        return kind switch
        {
            PrimitiveKind.Bool => (type, () => new ScaleValue.Boolean(_random.Next(2) == 0)),
            PrimitiveKind.Character => (type, () => new ScaleValue.Text(_random.Next(2) == 0 ? "é" : "😀")),
            PrimitiveKind.Str => (type, () => new ScaleValue.Text(new string('ü', _random.Next(80)))),
            _ => (type, () => new ScaleValue.Number(Integer(kind.Bytes(), kind.IsSigned()))),
        };
    }

    private (int, Func<ScaleValue>) Compact()
    {
        var kind = PrimitiveKind.U8 + _random.Next(6);
        var inner = Add(new TypeDefinition.Primitive(kind));
        if (_random.Next(2) == 0) inner = Add(new TypeDefinition.Composite([new(null, inner, null)]), "Wrapped");
        return (Add(new TypeDefinition.Compact(inner)), () => new ScaleValue.Number(Integer(kind.Bytes(), false)));
    }

    private (int, Func<ScaleValue>) Struct(int depth, bool named)
    {
        if (!named && _random.Next(4) == 0)
        {
            var key = Add(new TypeDefinition.Array(32, Add(new TypeDefinition.Primitive(PrimitiveKind.U8))));
            return (Add(new TypeDefinition.Composite([new(null, key, null)]), "AccountId32"), () => new ScaleValue.Account(RandomBytes(32)));
        }

        var parts = Many(depth, named ? _random.Next(1, 4) : _random.Next(4));
        var type = Add(new TypeDefinition.Composite(Fields(parts, named)), "Struct");
        return (type, () => !named && parts.Count == 1 ? parts[0].Make() : Values(parts, named));
    }

    private (int, Func<ScaleValue>) Enum(int depth)
    {
        var variants = new List<(TypeVariant Variant, Func<ScaleValue> Make)>();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var named = _random.Next(2) == 0;
            var parts = Many(depth, named ? _random.Next(1, 3) : _random.Next(3));
            var variant = new TypeVariant($"V{i}", (byte)(i * 80), Fields(parts, named), []);
            variants.Add((variant, () => new ScaleValue.Variant(variant.Name, variant.Index, Values(parts, named))));
        }

        return (Add(new TypeDefinition.Variant([.. variants.Select(one => one.Variant)]), "Enum"), () => variants[_random.Next(variants.Count)].Make());
    }

    private ScaleValue ListOf(int item, Func<ScaleValue> make, int count) =>
        _types[item].Definition is TypeDefinition.Primitive { Kind: PrimitiveKind.U8 }
            ? new ScaleValue.Bytes(RandomBytes(count))
            : new ScaleValue.Sequence([.. Enumerable.Range(0, count).Select(_ => make())]);

    private List<(int Type, Func<ScaleValue> Make)> Many(int depth, int count) => [.. Enumerable.Range(0, count).Select(_ => AnyType(depth - 1))];

    private static TypeField[] Fields(List<(int Type, Func<ScaleValue> Make)> parts, bool named) =>
        [.. parts.Select((part, i) => new TypeField(named ? $"f{i}" : null, part.Type, null))];

    private static ScaleValue Values(List<(int Type, Func<ScaleValue> Make)> parts, bool named) => named
        ? new ScaleValue.Composite([.. parts.Select((part, i) => KeyValuePair.Create($"f{i}", part.Make()))])
        : new ScaleValue.Sequence([.. parts.Select(part => part.Make())]);

    private BigInteger Integer(int bytes, bool isSigned)
    {
        var some = RandomBytes(_random.Next(1, bytes + 1));
        return new BigInteger(some, isUnsigned: !isSigned);
    }

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private int Add(TypeDefinition definition, string? name = null)
    {
        _types.Add(new TypeInfo(_types.Count, name is null ? [] : [name], [], definition, []));
        return _types.Count - 1;
    }
}
