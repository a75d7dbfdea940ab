namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A type of the runtime.</summary>
/// <param name="Id">Its place in the registry.</param>
/// <param name="Path">Modules and name, such as <c>sp_core, crypto, AccountId32</c>; empty for built-in types.</param>
/// <param name="Parameters">Names of the generic parameters with the types they stand for; null where a parameter leaves no trace.</param>
/// <param name="Definition">How it is encoded.</param>
/// <param name="Docs">Lines of the source's comment.</param>
public sealed record TypeInfo(
    int Id, IReadOnlyList<string> Path, IReadOnlyList<KeyValuePair<string, int?>> Parameters, TypeDefinition Definition, IReadOnlyList<string> Docs)
{
    /// <summary>The last part of the path; empty for built-in types.</summary>
    public string Name => Path.Count > 0 ? Path[^1] : "";

    /// <summary>True for <c>Option</c>.</summary>
    public bool IsOption => Path is ["Option"] && Definition is TypeDefinition.Variant { Variants: [{ Name: "None", Index: 0, Fields: [] }, { Name: "Some", Index: 1, Fields: [_] }] };
}
