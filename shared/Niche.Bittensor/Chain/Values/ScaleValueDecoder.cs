using System.Text;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Values;

/// <summary>Decodes any type of a runtime. What it makes is bounded by the bytes it reads: depth and number of values are limited.</summary>
public ref struct ScaleValueDecoder
{
    private const int MaxDepth = 128;
    private const int ValuesPerByte = 16;
    private const int FreeValues = 4096;
    private const int FirstItems = 256;

    private readonly TypeRegistry _types;
    private ScaleReader _reader;
    private long _left;

    /// <summary>A decoder at the start of the bytes.</summary>
    public ScaleValueDecoder(TypeRegistry types, ReadOnlySpan<byte> bytes)
    {
        _types = types;
        _reader = new ScaleReader(bytes);
        _left = FreeValues + ((long)ValuesPerByte * bytes.Length);
    }

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _reader.Position;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _reader.Remaining;

    /// <summary>One value from the first byte to the last.</summary>
    /// <exception cref="ScaleFormatException">The bytes are no such value, or more than one.</exception>
    public static ScaleValue Decode(TypeRegistry types, int type, ReadOnlySpan<byte> bytes)
    {
        var decoder = new ScaleValueDecoder(types, bytes);
        var value = decoder.Read(type);
        decoder.ExpectEnd();
        return value;
    }

    /// <summary>The next value, of the given type.</summary>
    /// <exception cref="ScaleFormatException">The bytes are no such value.</exception>
    public ScaleValue Read(int type) => Value(type, 0);

    /// <summary>The fields of a variant, whose byte was already read.</summary>
    /// <exception cref="ScaleFormatException">The bytes are no such fields.</exception>
    public ScaleValue ReadFields(IReadOnlyList<TypeField> fields) => Fields(fields, 0);

    /// <summary>The next byte.</summary>
    public byte ReadByte() => _reader.ReadByte();

    /// <summary>Throws unless everything was read.</summary>
    public readonly void ExpectEnd() => _reader.ExpectEnd();

    private ScaleValue Value(int id, int depth)
    {
        if (depth > MaxDepth) throw _reader.Fail($"{_types.NameOf(id)} more than {MaxDepth} levels deep", "a shallower value");
        if (--_left < 0) throw _reader.Fail("far more values than bytes", "a value in proportion to its bytes");
        var type = _types[id];
        switch (type.Definition)
        {
            case TypeDefinition.Primitive primitive: return Primitive(primitive.Kind);
            case TypeDefinition.Compact compact: return new ScaleValue.Number(_reader.ReadCompact(CompactType.Bits(_types, compact.Inner)));
            case TypeDefinition.Composite composite: return Struct(type, composite.Fields, depth);
            case TypeDefinition.Sequence sequence:
                return IsByte(sequence.Item)
                    ? new ScaleValue.Bytes(_reader.ReadBytes().ToArray())
                    : List(sequence.Item, Count(_reader.ReadCompactU32(), sequence.Item), depth);
            case TypeDefinition.Array array:
                return IsByte(array.Item) ? new ScaleValue.Bytes(_reader.ReadFixed(array.Length).ToArray()) : List(array.Item, Count(array.Length, array.Item), depth);
            case TypeDefinition.Tuple tuple:
                var items = new ScaleValue[tuple.Items.Count];
                for (var i = 0; i < items.Length; i++) items[i] = Value(tuple.Items[i], depth + 1);
                return new ScaleValue.Sequence(items);
            case TypeDefinition.Variant variant: return Variant(type, variant, depth);
            case TypeDefinition.BitSequence bits: return new ScaleValue.Bits(BitSequences.Read(ref _reader, _types, bits));
            default: throw _reader.Fail($"type {id}", "a known kind of type");
        }
    }

    private ScaleValue Primitive(PrimitiveKind kind)
    {
        switch (kind)
        {
            case PrimitiveKind.Bool: return new ScaleValue.Boolean(_reader.ReadBool());
            case PrimitiveKind.Str: return new ScaleValue.Text(_reader.ReadText());
            case PrimitiveKind.Character:
                var code = _reader.ReadU32();
                return code <= int.MaxValue && Rune.IsValid((int)code)
                    ? new ScaleValue.Text(new Rune((int)code).ToString())
                    : throw _reader.Fail($"the char {code}", "a Unicode scalar value");
            default: return new ScaleValue.Number(_reader.ReadInteger(kind.Bytes(), kind.IsSigned()));
        }
    }

    private ScaleValue Struct(TypeInfo type, IReadOnlyList<TypeField> fields, int depth)
    {
        if (fields is not [{ Name: null } only]) return Fields(fields, depth);
        var inner = Value(only.Type, depth + 1);
        return type.Name == "AccountId32" && inner is ScaleValue.Bytes { Value.Length: 32 } key ? new ScaleValue.Account(key.Value) : inner;
    }

    private ScaleValue Fields(IReadOnlyList<TypeField> fields, int depth)
    {
        if (fields.Count == 0 || fields[0].Name is null)
        {
            var items = new ScaleValue[fields.Count];
            for (var i = 0; i < items.Length; i++) items[i] = Value(fields[i].Type, depth + 1);
            return new ScaleValue.Sequence(items);
        }

        var named = new KeyValuePair<string, ScaleValue>[fields.Count];
        for (var i = 0; i < named.Length; i++) named[i] = new(fields[i].Name ?? "", Value(fields[i].Type, depth + 1));
        return new ScaleValue.Composite(named);
    }

    // Grows with what is read: lists in lists may each promise as many items as there are bytes.
    private ScaleValue.Sequence List(int item, int count, int depth)
    {
        var items = new List<ScaleValue>(Math.Min(count, FirstItems));
        for (var i = 0; i < count; i++) items.Add(Value(item, depth + 1));
        return new ScaleValue.Sequence(items);
    }

    private ScaleValue Variant(TypeInfo type, TypeDefinition.Variant definition, int depth)
    {
        var index = _reader.ReadByte();
        if (definition.Find(index) is not { } variant)
            throw _reader.Fail($"variant {index} of {_types.NameOf(type.Id)}", "one that the runtime knows", _reader.Position - 1);
        if (type.IsOption) return new ScaleValue.Optional(index == 0 ? null : Value(variant.Fields[0].Type, depth + 1));
        return new ScaleValue.Variant(variant.Name, index, Fields(variant.Fields, depth));
    }

    private readonly int Count(uint count, int item)
    {
        var most = _types.IsEmpty(item) ? FreeValues : _reader.Remaining / _types.LeastBytes(item);
        return count <= most ? (int)count : throw _reader.Fail($"{count} items", $"at most {most}, for {_reader.Remaining} bytes are left");
    }

    private readonly bool IsByte(int id) => _types[id].Definition is TypeDefinition.Primitive { Kind: PrimitiveKind.U8 };
}
