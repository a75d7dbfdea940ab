using System.Numerics;

namespace Niche.Bittensor.Chain.Values;

/// <summary>A decoded value of any type of the runtime, as a small tree. <see cref="ScaleValueJson"/> shows it to people.</summary>
public abstract record ScaleValue
{
    private ScaleValue()
    {
    }

    /// <summary>A number of any width, compact or not.</summary>
    public sealed record Number(BigInteger Value) : ScaleValue;

    /// <summary>True or false.</summary>
    public sealed record Boolean(bool Value) : ScaleValue;

    /// <summary>A str, or one char.</summary>
    public sealed record Text(string Value) : ScaleValue;

    /// <summary>A list or array of u8, or a struct around one such as H256.</summary>
    public sealed record Bytes(ReadOnlyMemory<byte> Value) : ScaleValue;

    /// <summary>An AccountId32: a public key of 32 bytes.</summary>
    public sealed record Account(ReadOnlyMemory<byte> PublicKey) : ScaleValue;

    /// <summary>A list, array, tuple, or struct of several fields without names. (A struct around one unnamed field is shown as that field.)</summary>
    public sealed record Sequence(IReadOnlyList<ScaleValue> Items) : ScaleValue;

    /// <summary>A struct with field names.</summary>
    public sealed record Composite(IReadOnlyList<KeyValuePair<string, ScaleValue>> Fields) : ScaleValue;

    /// <summary>One variant of an enum; its fields are a <see cref="Composite"/> when they have names, else a <see cref="Sequence"/>.</summary>
    public sealed record Variant(string Name, byte Index, ScaleValue Fields) : ScaleValue;

    /// <summary>An Option; null stands for None.</summary>
    public sealed record Optional(ScaleValue? Value) : ScaleValue;

    /// <summary>A bit sequence, first bit first.</summary>
    public sealed record Bits(IReadOnlyList<bool> Value) : ScaleValue;

    /// <summary>The named field of a struct, or of a variant's fields; an Option is looked through.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public ScaleValue this[string name] => Find(name) ?? throw new KeyNotFoundException($"The value has no field \"{name}\".");

    /// <summary>The n-th item of a sequence, or of a variant's unnamed fields; an Option is looked through.</summary>
    public ScaleValue this[int index] => Children()[index];

    /// <summary>The named field; null when there is none.</summary>
    public ScaleValue? Find(string name) => this switch
    {
        Composite composite => composite.Fields.FirstOrDefault(field => field.Key == name).Value,
        Variant variant => variant.Fields.Find(name),
        Optional { Value: { } value } => value.Find(name),
        _ => null,
    };

    /// <summary>Items of a sequence, values of a struct's or variant's fields.</summary>
    /// <exception cref="InvalidOperationException">The value has none by nature.</exception>
    public IReadOnlyList<ScaleValue> Children() => this switch
    {
        Sequence sequence => sequence.Items,
        Composite composite => [.. composite.Fields.Select(field => field.Value)],
        Variant variant => variant.Fields.Children(),
        Optional { Value: { } value } => value.Children(),
        _ => throw new InvalidOperationException($"A {GetType().Name} has no items."),
    };

    /// <summary>The number, of a number or of a struct around one.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public BigInteger AsInteger() => this switch
    {
        Number number => number.Value,
        Composite { Fields: [var only] } => only.Value.AsInteger(),
        Optional { Value: { } value } => value.AsInteger(),
        _ => throw new InvalidOperationException($"A {GetType().Name} is not a number."),
    };

    /// <summary>The bytes, of bytes or of an account.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public ReadOnlyMemory<byte> AsBytes() => this switch
    {
        Bytes bytes => bytes.Value,
        Account account => account.PublicKey,
        Optional { Value: { } value } => value.AsBytes(),
        _ => throw new InvalidOperationException($"A {GetType().Name} is not bytes."),
    };

    /// <summary>The bool.</summary>
    /// <exception cref="InvalidOperationException">It is something else.</exception>
    public bool AsBoolean() => this is Boolean boolean ? boolean.Value : throw new InvalidOperationException($"A {GetType().Name} is not a bool.");
}
