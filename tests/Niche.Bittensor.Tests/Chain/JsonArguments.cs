using System.Text.Json;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>Arguments written in JSON as plain .NET values.</summary>
public static class JsonArguments
{
    public static object? Plain(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetUInt64(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => element.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => element.EnumerateObject().ToDictionary(property => property.Name, property => Plain(property.Value)),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        _ => null,
    };

    public static object?[] List(JsonElement element) => [.. element.EnumerateArray().Select(Plain)];
}
