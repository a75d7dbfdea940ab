using System.Text.Json.Serialization;

namespace Niche.GpuEndpoint.Benchmarking;

/// <summary>The report as JSON, compiled ahead.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
