using System.Text.Json;
using System.Text.Json.Serialization;
using Niche.Subnet.Errors;

namespace Niche.Subnet.Policy;

/// <summary>Reads and writes the policy document: JSON, snake_case, unknown members refused, because a member that one validator
/// honours and another ignores splits consensus.</summary>
public static class PolicyJson
{
    /// <summary>Largest accepted document, bytes.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Serializer settings of the document.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Reads and validates a document; returns every error at once.</summary>
    public static Result<SubnetPolicy> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return new(ErrorCatalogue.BodyTooLarge(MaxBytes));
        SubnetPolicy? policy;
        try
        {
            policy = JsonSerializer.Deserialize<SubnetPolicy>(utf8, Options);
        }
        catch (JsonException e)
        {
            return new(ErrorCatalogue.Create(ErrorCodes.InvalidPolicy, $"Not a policy document: {e.Message}", e.Path));
        }

        if (policy is null) return new(ErrorCatalogue.Create(ErrorCodes.InvalidPolicy, "The document is null.", "$"));
        var errors = PolicyValidator.Validate(policy);
        return errors.Count == 0 ? new(policy) : new(errors);
    }

    /// <summary>Writes the document.</summary>
    public static byte[] Write(SubnetPolicy policy) => JsonSerializer.SerializeToUtf8Bytes(policy, Options);

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            WriteIndented = true,
            AllowDuplicateProperties = false,
            MaxDepth = 16,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
