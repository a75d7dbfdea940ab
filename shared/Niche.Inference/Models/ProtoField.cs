namespace Niche.Inference.Models;

/// <summary>A field of a protocol buffer message: where its bytes start and how many they are, or its number with no start.</summary>
/// <param name="Number">Number of the field.</param>
/// <param name="Start">Where the bytes start; negative for a number.</param>
/// <param name="Value">How many bytes there are, or the number.</param>
internal readonly record struct ProtoField(int Number, long Start, long Value);
