using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>All types of a runtime, by id. Checked when read: no id dangles, and every type has values of finite length.</summary>
public sealed class TypeRegistry
{
    private readonly IReadOnlyList<TypeInfo> _types;
    private readonly long[] _leastBytes;
    private readonly TypeNames _names;

    internal TypeRegistry(IReadOnlyList<TypeInfo> types)
    {
        _types = types;
        _leastBytes = TypeSizes.Least(types);
        _names = new TypeNames(this);
    }

    /// <summary>How many types there are; ids are 0 to one less.</summary>
    public int Count => _types.Count;

    /// <summary>The type with this id.</summary>
    /// <exception cref="ScaleFormatException">There is none.</exception>
    public TypeInfo this[int id] =>
        (uint)id < (uint)_types.Count ? _types[id] : throw new ScaleFormatException($"type {id}", "is not in the registry", $"0 to {_types.Count - 1}");

    /// <summary>The fewest bytes any value of the type takes.</summary>
    public long LeastBytes(int id) => _leastBytes[this[id].Id];

    /// <summary>True when the type is encoded to no bytes at all, as most transaction extensions are.</summary>
    public bool IsEmpty(int id) => LeastBytes(id) == 0;

    /// <summary>A short name for people: <c>Vec&lt;u16&gt;</c>, <c>[u8; 32]</c>, <c>AccountId32</c>.</summary>
    public string NameOf(int id) => _names.Of(id);
}
