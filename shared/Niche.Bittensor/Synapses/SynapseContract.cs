using System.Collections;
using System.Numerics;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Niche.Bittensor.Synapses;

/// <summary>What the wire needs to know of a synapse class: its name, its hash fields in order, and its required fields.</summary>
internal sealed class SynapseContract
{
    private static readonly HashSet<Type> Texts =
    [
        typeof(string), typeof(char), typeof(LargeText), typeof(byte[]), typeof(ReadOnlyMemory<byte>), typeof(Memory<byte>), typeof(Guid), typeof(Uri),
        typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan), typeof(Version),
    ];

    private readonly Func<object, object?>[] _hashFields;
    private readonly (string Name, Func<object, object?> Get, string Placeholder)[] _inputs;
    private readonly Func<object, object?>[] _largeTexts;

    private SynapseContract(Type type)
    {
        Name = type.Name;
        var properties = SynapseJson.Options.GetTypeInfo(type).Properties;
        IReadOnlyList<string> declared = type.GetCustomAttribute<RequiredHashFieldsAttribute>()?.Fields ?? [];
        BindsBody = typeof(BoundSynapse).IsAssignableFrom(type);
        if (BindsBody && !declared.Contains(BoundSynapse.FieldName)) declared = [.. declared, BoundSynapse.FieldName];
        _hashFields = [.. declared.Select(name => Getter(type, properties, name))];
        _largeTexts = [.. properties.Where(p => p.PropertyType == typeof(LargeText)).Select(p => p.Get!)];
        _inputs = [.. properties.Where(p => p.IsRequired).Select(p => (p.Name, p.Get!, Placeholder(p.PropertyType)))];
    }

    private SynapseContract(OpenSynapse synapse)
    {
        Name = OpenSynapse.IsName(synapse.Name) ? synapse.Name! : throw new ArgumentException("The name of an open synapse is that of a class: letters, digits and underscores.");
        if (synapse.HashFields.FirstOrDefault(name => !synapse.Fields.ContainsKey(name)) is { } missing)
            throw new ArgumentException($"The open synapse lists '{missing}' as a required hash field but has no such field.");
        _hashFields = [.. synapse.HashFields.Select(name => (Func<object, object?>)(it => ((OpenSynapse)it).Fields[name]))];
        _largeTexts = [];
        _inputs = [.. synapse.Fields.Select(field => (field.Key, (Func<object, object?>)(it => ((OpenSynapse)it).Fields[field.Key]), Placeholder(field.Value.ValueKind)))];
    }

    /// <summary>The class name, which is the route.</summary>
    public string Name { get; }

    /// <summary>True for a <see cref="BoundSynapse"/>.</summary>
    public bool BindsBody { get; }

    /// <summary>The contract of a synapse type.</summary>
    /// <exception cref="InvalidOperationException">The type names a hash field that it does not have.</exception>
    public static SynapseContract Of<T>()
        where T : Synapse => Cache<T>.Contract.Value;

    /// <summary>The contract of a synapse: of its type, unless it carries its own.</summary>
    /// <exception cref="ArgumentException">An open synapse without a name that could be a class, or without one of its hash fields.</exception>
    public static SynapseContract For<T>(T synapse)
        where T : Synapse => synapse is OpenSynapse open ? new SynapseContract(open) : Of<T>();

    /// <summary>What reads the hash fields of a synapse, in hashing order.</summary>
    public IReadOnlyList<Func<object, object?>> HashFields => _hashFields;

    /// <summary>Gives the pooled memory of its large texts back.</summary>
    public void Release(Synapse? synapse)
    {
        if (synapse is null) return;
        foreach (var get in _largeTexts) (get(synapse) as LargeText)?.Dispose();
    }

    /// <summary>Name and JSON placeholder of every required field that has a value: what <c>bt_header_input_obj_*</c> carries.</summary>
    public IReadOnlyDictionary<string, string> InputObjects(Synapse synapse)
    {
        if (_inputs.Length == 0) return SynapseHeaders.NoInputObjects;
        var objects = new Dictionary<string, string>(_inputs.Length, StringComparer.Ordinal);
        foreach (var (name, get, placeholder) in _inputs)
            if (get(synapse) is not null)
                objects[name] = placeholder;
        return objects;
    }

    private static Func<object, object?> Getter(Type type, IList<JsonPropertyInfo> properties, string name) =>
        properties.FirstOrDefault(p => p.Name == name)?.Get
        ?? throw new InvalidOperationException($"{type.Name} lists '{name}' as a required hash field but has no such field on the wire.");

    // A stock peer sends the empty value of the field's type, only to satisfy the receiver's type check; the body carries the data.
    private static string Placeholder(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Texts.Contains(type)) return "\"\"";
        if (type == typeof(bool)) return "false";
        if (type == typeof(double) || type == typeof(float) || type == typeof(Half) || type == typeof(decimal)) return "0.0";
        if (type.IsPrimitive || type.IsEnum || type == typeof(BigInteger) || type == typeof(Int128) || type == typeof(UInt128)) return "0";
        var isMap = typeof(IDictionary).IsAssignableFrom(type) || type.GetInterfaces().Append(type).Any(IsGenericMap);
        return !isMap && typeof(IEnumerable).IsAssignableFrom(type) ? "[]" : "{}";
    }

    private static string Placeholder(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String or JsonValueKind.Null => "\"\"",
        JsonValueKind.True or JsonValueKind.False => "false",
        JsonValueKind.Number => "0",
        JsonValueKind.Array => "[]",
        _ => "{}",
    };

    private static bool IsGenericMap(Type type) =>
        type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) || type.GetGenericTypeDefinition() == typeof(IDictionary<,>));

    private static class Cache<T>
        where T : Synapse
    {
        public static readonly Lazy<SynapseContract> Contract = new(() => new SynapseContract(typeof(T)));
    }
}
