using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>What a runtime says about itself: types, pallets, extrinsics and runtime APIs. Reads metadata v14, v15 and v16. Immutable.</summary>
public sealed class RuntimeMetadata
{
    private readonly Dictionary<string, PalletInfo> _byName;
    private readonly Dictionary<byte, PalletInfo> _byIndex;
    private readonly Dictionary<string, RuntimeApiMethod> _methods;

    internal RuntimeMetadata(
        byte version, TypeRegistry types, IReadOnlyList<PalletInfo> pallets, ExtrinsicInfo extrinsic, IReadOnlyList<RuntimeApiMethod> apiMethods)
    {
        (Version, Types, Pallets, Extrinsic, ApiMethods) = (version, types, pallets, extrinsic, apiMethods);
        _byName = pallets.ToDictionary(pallet => pallet.Name, StringComparer.Ordinal);
        _byIndex = pallets.ToDictionary(pallet => pallet.Index);
        _methods = apiMethods.ToDictionary(method => method.CallName, StringComparer.Ordinal);
    }

    /// <summary>The metadata's own version: 14, 15 or 16.</summary>
    public byte Version { get; }

    /// <summary>All types.</summary>
    public TypeRegistry Types { get; }

    /// <summary>All pallets.</summary>
    public IReadOnlyList<PalletInfo> Pallets { get; }

    /// <summary>The form of extrinsics.</summary>
    public ExtrinsicInfo Extrinsic { get; }

    /// <summary>All functions of all runtime APIs; empty in v14, which does not tell them.</summary>
    public IReadOnlyList<RuntimeApiMethod> ApiMethods { get; }

    /// <summary>Reads the metadata itself, beginning with <c>meta</c>, to the last byte.</summary>
    /// <exception cref="ScaleFormatException">Not metadata of a known version, or not consistent in itself.</exception>
    public static RuntimeMetadata Read(ReadOnlyMemory<byte> bytes) => MetadataReader.Read(bytes.Span);

    /// <summary>Reads the answer of <c>Metadata_metadata_at_version</c>: Option of bytes; null when the runtime has no such version.</summary>
    /// <exception cref="ScaleFormatException">As for <see cref="Read"/>.</exception>
    public static RuntimeMetadata? ReadOptional(ReadOnlyMemory<byte> answer)
    {
        var reader = new ScaleReader(answer.Span);
        if (!reader.ReadOption())
        {
            reader.ExpectEnd();
            return null;
        }

        var bytes = reader.ReadBytes();
        reader.ExpectEnd();
        return MetadataReader.Read(bytes);
    }

    /// <summary>The pallet of this name; null when there is none.</summary>
    public PalletInfo? FindPallet(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The pallet with this index; null when there is none.</summary>
    public PalletInfo? FindPallet(byte index) => _byIndex.GetValueOrDefault(index);

    /// <summary>The pallet of this name.</summary>
    /// <exception cref="MetadataNameException">There is none.</exception>
    public PalletInfo GetPallet(string name) => FindPallet(name) ?? throw MetadataNameException.For("pallet", name, _byName.Keys);

    /// <summary>A call; null when pallet or call is unknown.</summary>
    public TypeVariant? FindCall(string pallet, string name) => FindPallet(pallet)?.Calls.FirstOrDefault(call => call.Name == name);

    /// <summary>A call.</summary>
    /// <exception cref="MetadataNameException">Pallet or call is unknown.</exception>
    public TypeVariant GetCall(string pallet, string name) =>
        GetPallet(pallet).Calls is var calls && calls.FirstOrDefault(call => call.Name == name) is { } found
            ? found
            : throw MetadataNameException.For($"call in {pallet}", name, calls.Select(call => call.Name));

    /// <summary>A storage item; null when pallet or item is unknown.</summary>
    public StorageEntry? FindStorage(string pallet, string name) => FindPallet(pallet)?.Storage.FirstOrDefault(item => item.Name == name);

    /// <summary>A storage item.</summary>
    /// <exception cref="MetadataNameException">Pallet or item is unknown.</exception>
    public StorageEntry GetStorage(string pallet, string name) =>
        FindStorage(pallet, name) ?? throw MetadataNameException.For($"storage item in {pallet}", name, GetPallet(pallet).Storage.Select(item => item.Name));

    /// <summary>A constant.</summary>
    /// <exception cref="MetadataNameException">Pallet or constant is unknown.</exception>
    public PalletConstant GetConstant(string pallet, string name) =>
        GetPallet(pallet).Constants is var constants && constants.FirstOrDefault(constant => constant.Name == name) is { } found
            ? found
            : throw MetadataNameException.For($"constant in {pallet}", name, constants.Select(constant => constant.Name));

    /// <summary>A function by the name that <c>state_call</c> takes; null when it is unknown.</summary>
    public RuntimeApiMethod? FindApi(string callName) => _methods.GetValueOrDefault(callName);

    /// <summary>A function by the name that <c>state_call</c> takes.</summary>
    /// <exception cref="MetadataNameException">It is unknown.</exception>
    public RuntimeApiMethod GetApi(string callName) => FindApi(callName) ?? throw MetadataNameException.For("runtime API", callName, _methods.Keys);
}
