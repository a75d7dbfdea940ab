using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Niche.Subnet.Errors;

namespace Niche.Functions.Api;

/// <summary>Reads JSON bodies of strangers: bounded before anything is parsed, every fault an error with a code.</summary>
public static class BodyReader
{
    /// <summary>Largest body of a request, bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = ApiJson.Options.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>
    /// Reads the body as one JSON object. A member of the wrong type is an error and counts as absent, so that the others can still be judged.
    /// </summary>
    /// <returns>The body, null when there is none to judge, and what is wrong with it.</returns>
    public static async Task<(T? Body, List<NicheError> Errors)> ReadAsync<T>(HttpRequest request, CancellationToken ct, int maxBytes = MaxBytes)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            return (null, [ErrorCatalogue.NotInList(ErrorCodes.InvalidParameter, "Content-Type", ["application/json"])]);
        }

        if (request.ContentLength > maxBytes) return (null, [ErrorCatalogue.BodyTooLarge(maxBytes)]);
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(ct).ConfigureAwait(false);
            if (read.Buffer.Length > maxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (null, [ErrorCatalogue.BodyTooLarge(maxBytes)]);
            }

            if (read.IsCompleted)
            {
                (T?, List<NicheError>) result = Parse<T>(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return result;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static (T? Body, List<NicheError> Errors) Parse<T>(in ReadOnlySequence<byte> body)
        where T : class
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return ReadMembers<T>(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a name that is not valid UTF-16, such as a lone surrogate escape.
        }

        return (null, [ErrorCatalogue.Create(ErrorCodes.MalformedJson, "The body must be one JSON object in UTF-8 that names each member once.")]);
    }

    private static (T? Body, List<NicheError> Errors) ReadMembers<T>(JsonElement root)
        where T : class
    {
        JsonTypeInfo type = ApiJson.Options.GetTypeInfo(typeof(T));
        object body = type.CreateObject!();
        List<NicheError> errors = [];
        foreach (JsonPropertyInfo member in type.Properties)
        {
            if (member.Set is null || !root.TryGetProperty(member.Name, out JsonElement value)) continue;
            try
            {
                member.Set(body, value.Deserialize(ApiJson.Options.GetTypeInfo(member.PropertyType)));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidParameter, $"'{member.Name}' must be {Wanted(member.PropertyType)}.", member.Name));
            }
        }

        return ((T)body, errors);
    }

    private static string Wanted(Type type) =>
        type == typeof(string) ? "text in valid Unicode"
        : Nullable.GetUnderlyingType(type) is { } value ? (value == typeof(bool) ? "true or false" : "a number")
        : "of the type that /openapi.json describes";
}
