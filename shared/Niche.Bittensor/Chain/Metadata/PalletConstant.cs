namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A constant of a pallet.</summary>
/// <param name="Name">As in the source.</param>
/// <param name="Type">Its type.</param>
/// <param name="Value">Its encoded value.</param>
/// <param name="Docs">Lines of the source's comment.</param>
public sealed record PalletConstant(string Name, int Type, ReadOnlyMemory<byte> Value, IReadOnlyList<string> Docs);
