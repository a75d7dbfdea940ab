namespace Niche.Inference.Models;

/// <summary>A field of a protocol buffer message: where its bytes start and how many they are, or its number.</summary>
internal readonly record struct ProtoField(int Number, long Start, long Value);
