using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Values;

/// <summary>
/// Encodes <see cref="ScaleValue"/> trees and plain .NET values as any type of a runtime. Integers of any .NET type or decimal text;
/// bytes or 0x text for lists of u8 and hashes; an SS58 address for AccountId32 and MultiAddress; null for None; an enum's variant by name,
/// with fields as a pair of name and value; structs by position, or by name from a dictionary. A struct or variant of one field takes that field.
/// </summary>
/// <param name="types">The runtime's types.</param>
/// <param name="writer">Where to write.</param>
public sealed class ScaleValueEncoder(TypeRegistry types, ScaleWriter writer)
{
    private const int MaxDepth = 128;

    /// <summary>The encoding of one value.</summary>
    /// <exception cref="ScaleFormatException">The value is none of that type; the message begins with <paramref name="where"/>.</exception>
    public static byte[] Encode(TypeRegistry types, int type, object? value, string where)
    {
        var writer = new ScaleWriter();
        new ScaleValueEncoder(types, writer).Write(type, value, where);
        return writer.ToArray();
    }

    /// <summary>Writes one value.</summary>
    /// <exception cref="ScaleFormatException">The value is none of that type; the message begins with <paramref name="where"/>.</exception>
    public void Write(int type, object? value, string where) => Value(type, value, where, 0);

    /// <summary>Writes fields of a struct or variant, from a dictionary by name or from a list by position.</summary>
    /// <exception cref="ScaleFormatException">A field is missing, unknown or of another type.</exception>
    public void WriteFields(IReadOnlyList<TypeField> fields, object? value, string where) => Fields(fields, value, where, 0);

    private void Value(int id, object? value, string where, int depth)
    {
        if (depth > MaxDepth) throw new ScaleFormatException(where, $"more than {MaxDepth} levels", "a shallower value");
        var type = types[id];
        switch (type.Definition)
        {
            case TypeDefinition.Primitive primitive:
                Primitive(id, primitive.Kind, value, where);
                break;
            case TypeDefinition.Compact compact:
                if (PlainValue.Integer(value) is not { } number || number.Sign < 0 || number.GetBitLength() > CompactType.Bits(types, compact.Inner)) throw PlainValue.Mismatch(value, types.NameOf(id), where);
                writer.WriteCompact(number);
                break;
            case TypeDefinition.Composite composite: Struct(type, composite.Fields, value, where, depth); break;
            case TypeDefinition.Sequence sequence: List(id, sequence.Item, null, value, where, depth); break;
            case TypeDefinition.Array array: List(id, array.Item, array.Length, value, where, depth); break;
            case TypeDefinition.Tuple tuple: Items(tuple.Items, value, types.NameOf(id), where, depth); break;
            case TypeDefinition.Variant variant: Variant(type, variant, value, where, depth); break;
            case TypeDefinition.BitSequence bits:
                BitSequences.Write(writer, types, bits, value as IReadOnlyList<bool> ?? (value as ScaleValue.Bits)?.Value ?? throw PlainValue.Mismatch(value, "a list of bool", where));
                break;
        }
    }

    private void Primitive(int id, PrimitiveKind kind, object? value, string where)
    {
        switch (kind)
        {
            case PrimitiveKind.Bool:
                writer.WriteBool(value as bool? ?? (value as ScaleValue.Boolean)?.Value ?? throw PlainValue.Mismatch(value, "bool", where));
                break;
            case PrimitiveKind.Str:
                writer.WriteText(value as string ?? (value as ScaleValue.Text)?.Value ?? throw PlainValue.Mismatch(value, "text", where));
                break;
            case PrimitiveKind.Character:
                var text = value as string ?? (value as ScaleValue.Text)?.Value ?? "";
                if (Rune.DecodeFromUtf16(text, out var rune, out var used) != System.Buffers.OperationStatus.Done || used != text.Length)
                    throw PlainValue.Mismatch(value, "one character", where);
                writer.WriteU32((uint)rune.Value);
                break;
            default:
                if (!TryInteger(kind, value)) throw PlainValue.Mismatch(value, types.NameOf(id), where);
                break;
        }
    }

    private void Struct(TypeInfo type, IReadOnlyList<TypeField> fields, object? value, string where, int depth)
    {
        if (type.Name == "AccountId32" && value is string address)
        {
            var key = new byte[32];
            if (!Ss58.TryDecode(address, key, out _) && !PlainValue.TryHex(address, key)) throw PlainValue.Mismatch(value, "an SS58 address", where);
            writer.WriteFixed(key);
            return;
        }

        // A struct around one value takes the value itself: 7 for NetUid(u16), bytes for H256.
        if (fields.Count == 1 && !PlainValue.HasField(value, fields[0].Name)) Value(fields[0].Type, value, where, depth + 1);
        else Fields(fields, value, where, depth);
    }

    private void Fields(IReadOnlyList<TypeField> fields, object? value, string where, int depth)
    {
        if (PlainValue.Fields(value) is { } named)
        {
            foreach (var extra in named.Keys)
                if (fields.All(field => field.Name != extra))
                    throw MissingOrUnknown(fields, where, $"the unknown field \"{NearestNames.Shown(extra)}\"");
            foreach (var field in fields)
            {
                if (field.Name is null || !named.TryGetValue(field.Name, out var one)) throw MissingOrUnknown(fields, where, $"no field \"{field.Name}\"");
                Value(field.Type, one, $"{where}.{field.Name}", depth + 1);
            }

            return;
        }

        var items = PlainValue.Items(value) ?? (fields.Count == 0 && value is null ? [] : throw PlainValue.Mismatch(value, Shape(fields), where));
        if (items.Count != fields.Count) throw new ScaleFormatException(where, $"{items.Count} values", Shape(fields));
        for (var i = 0; i < items.Count; i++)
            Value(fields[i].Type, items[i], fields[i].Name is { } name ? $"{where}.{name}" : $"{where}[{i.ToString(CultureInfo.InvariantCulture)}]", depth + 1);
    }

    private void Items(IReadOnlyList<int> parts, object? value, string name, string where, int depth)
    {
        var items = value is ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])] : PlainValue.Items(value);
        if (items is null && parts.Count == 0 && value is null) items = [];
        if (items is null || items.Count != parts.Count) throw PlainValue.Mismatch(value, name, where);
        for (var i = 0; i < parts.Count; i++) Value(parts[i], items[i], $"{where}[{i.ToString(CultureInfo.InvariantCulture)}]", depth + 1);
    }

    private void List(int id, int item, uint? length, object? value, string where, int depth)
    {
        if (types[item].Definition is TypeDefinition.Primitive { Kind: PrimitiveKind.U8 } && PlainValue.Bytes(value) is { } bytes)
        {
            if (length is { } fixedLength && bytes.Length != fixedLength) throw new ScaleFormatException(where, $"{bytes.Length} bytes", $"{fixedLength} bytes");
            if (length is null) writer.WriteCompact((ulong)bytes.Length);
            writer.WriteFixed(bytes.Span);
            return;
        }

        var items = PlainValue.Items(value) ?? throw PlainValue.Mismatch(value, types.NameOf(id), where);
        if (length is { } count && items.Count != count) throw new ScaleFormatException(where, $"{items.Count} items", $"{count} items");
        if (length is null) writer.WriteCompact((ulong)items.Count);
        var kind = (types[item].Definition as TypeDefinition.Primitive)?.Kind;
        for (var i = 0; i < items.Count; i++)
            if (kind?.IsInteger() != true || !TryInteger(kind.Value, items[i])) Value(item, items[i], $"{where}[{i.ToString(CultureInfo.InvariantCulture)}]", depth + 1);
    }

    // Numbers make up most of what is sent: the names of their places are only made when one does not fit.
    private bool TryInteger(PrimitiveKind kind, object? value)
    {
        var bits = kind.Bytes() * 8;
        if (PlainValue.Integer(value) is not { } number) return false;
        if (kind.IsSigned() ? number.GetBitLength() > bits - 1 : number.Sign < 0 || number.GetBitLength() > bits) return false;
        writer.WriteInteger(number, kind.Bytes(), kind.IsSigned());
        return true;
    }

    private void Variant(TypeInfo type, TypeDefinition.Variant definition, object? value, string where, int depth)
    {
        if (type.IsOption)
        {
            var inner = value is ScaleValue.Optional optional ? optional.Value : value;
            writer.WriteBool(inner is not null);
            if (inner is not null) Value(definition.Variants[1].Fields[0].Type, inner, where, depth + 1);
            return;
        }

        var (name, fields) = PlainValue.VariantOf(type, value) ?? throw PlainValue.Mismatch(value, $"a variant of {types.NameOf(type.Id)}", where);
        if (definition.Find(name) is not { } variant)
        {
            var near = NearestNames.To(name, definition.Variants.Select(one => one.Name));
            throw new ScaleFormatException(
                where, $"the unknown variant \"{NearestNames.Shown(name)}\"", near.Count > 0 ? string.Join(" or ", near) : $"a variant of {types.NameOf(type.Id)}");
        }

        writer.WriteByte(variant.Index);
        var asOne = value is not ScaleValue.Variant && variant.Fields.Count == 1 && !PlainValue.HasField(fields, variant.Fields[0].Name);
        if (asOne) Value(variant.Fields[0].Type, fields, $"{where}.{name}", depth + 1);
        else Fields(variant.Fields, fields, $"{where}.{name}", depth);
    }

    private string Shape(IReadOnlyList<TypeField> fields) =>
        $"({string.Join(", ", fields.Select(field => field.Name is { } name ? $"{name}: {types.NameOf(field.Type)}" : types.NameOf(field.Type)))})";

    private ScaleFormatException MissingOrUnknown(IReadOnlyList<TypeField> fields, string where, string what) => new(where, what, Shape(fields));
}
