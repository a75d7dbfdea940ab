using System.Text.Json;
using System.Text.Json.Serialization;

namespace Niche.Subnet.Verification;

/// <summary>Outcomes as snake_case text.</summary>
public sealed class VerdictOutcomeConverter() : JsonStringEnumConverter<VerdictOutcome>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
