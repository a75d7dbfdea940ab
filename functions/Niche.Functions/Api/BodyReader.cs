using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Subnet.Errors;

namespace Niche.Functions.Api;

/// <summary>Reads JSON bodies of strangers: bounded before anything is parsed, every fault an error with a code.</summary>
public static class BodyReader
{
    /// <summary>Largest body of a request, bytes.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Reads the body as one JSON object.</summary>
    public static async Task<Result<T>> ReadAsync<T>(HttpRequest request, CancellationToken ct)
        where T : class
    {
        if (request.ContentLength > MaxBytes) return new Result<T>(ErrorCatalogue.BodyTooLarge(MaxBytes));
        PipeReader reader = request.BodyReader;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(ct).ConfigureAwait(false);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return new Result<T>(ErrorCatalogue.BodyTooLarge(MaxBytes));
            }

            if (read.IsCompleted)
            {
                Result<T> result = Parse<T>(read.Buffer);
                reader.AdvanceTo(read.Buffer.End);
                return result;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static Result<T> Parse<T>(in ReadOnlySequence<byte> body)
        where T : class
    {
        try
        {
            Utf8JsonReader json = new(body, new JsonReaderOptions { MaxDepth = ApiJson.Options.MaxDepth });
            T? value = JsonSerializer.Deserialize<T>(ref json, ApiJson.Options);
            if (value is null || json.Read()) return Malformed<T>("The body must be one JSON object.");
            return new Result<T>(value);
        }
        catch (JsonException e) when (e.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal))
        {
            string field = path[2..];
            return new Result<T>(ErrorCatalogue.Create(ErrorCodes.InvalidParameter, $"'{field}' has the wrong type.", field));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not valid UTF-16, such as a lone surrogate escape.
            return Malformed<T>("The body must be one JSON object in UTF-8.");
        }
    }

    private static Result<T> Malformed<T>(string detail)
        where T : class =>
        new(ErrorCatalogue.Create(ErrorCodes.MalformedJson, detail));
}
