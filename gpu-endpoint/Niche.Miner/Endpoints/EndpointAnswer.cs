using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text.Json;
using Niche.Miner.Work;
using Niche.Subnet.Verification;

namespace Niche.Miner.Endpoints;

/// <summary>Reads what an endpoint answered: the one expected field, checked, or an honest failure.</summary>
internal static class EndpointAnswer
{
    private const int MaxModels = 32, MaxName = 64, MaxDetail = 300, MaxErrorBytes = 64 * 1024;

    public static string Image(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || Text(answer, "image", int.MaxValue) is not { Length: > 0 } image) throw Unusable("it holds no image");
        var rented = ArrayPool<byte>.Shared.Rent(Base64.GetMaxDecodedFromUtf8Length(image.Length));
        try
        {
            if (!Convert.TryFromBase64String(image, rented, out var length) || !ImageHeader.TryRead(rented.AsSpan(0, length), out _))
                throw Unusable("its image is no PNG, JPEG or WebP");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return image;
    }

    public static JsonElement Completion(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("prompt_output", out var output) && ChoiceText(output) is not null
            ? output
            : throw Unusable("it holds no completion");

    /// <summary><c>choices[0].text</c>, or null.</summary>
    public static string? ChoiceText(JsonElement completion) =>
        completion.ValueKind == JsonValueKind.Object
        && completion.TryGetProperty("choices", out var choices)
        && choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0
        && choices[0].ValueKind == JsonValueKind.Object
            ? Text(choices[0], "text", int.MaxValue)
            : null;

    public static IReadOnlyList<EndpointModel> Models(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("models", out var list) || list.ValueKind != JsonValueKind.Array)
            throw Unusable("/models holds no list");
        return [.. list.EnumerateArray().Take(MaxModels)
            .Where(item => item.ValueKind == JsonValueKind.Object)
            .Select(item => (Name: Text(item, "name", MaxName), Kind: Text(item, "kind", MaxName), Digest: Text(item, "digest", MaxName)))
            .Where(item => IsName(item.Name))
            .Select(item => new EndpointModel(item.Name!, item.Kind, IsDigest(item.Digest) ? item.Digest : null))];
    }

    public static IReadOnlyList<EndpointModel> Info(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && Text(answer, "model_name", MaxName) is { } name && IsName(name)
            ? [new EndpointModel(name, null, null)]
            : throw Unusable("/info names no model");

    public static MinerWorkException Unusable(string why, Exception? inner = null) =>
        new(WorkOutcome.EndpointFailed, $"The model endpoint's answer can not be used: {why}.", null, inner);

    /// <summary>What a status other than 200 means to the caller.</summary>
    public static async Task<MinerWorkException> FailureAsync(HttpResponseMessage response, CancellationToken ct) => response.StatusCode switch
    {
        HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.RequestEntityTooLarge =>
            new MinerWorkException(WorkOutcome.BadRequest, await DetailAsync(response, ct) ?? "The model endpoint does not accept the request."),
        HttpStatusCode.TooManyRequests =>
            new MinerWorkException(WorkOutcome.EndpointBusy, "The model endpoint is full.", RetryAfter(response)),
        HttpStatusCode.ServiceUnavailable =>
            new MinerWorkException(WorkOutcome.EndpointDown, "The model endpoint is not ready.", RetryAfter(response)),
        HttpStatusCode.GatewayTimeout or HttpStatusCode.RequestTimeout =>
            new MinerWorkException(WorkOutcome.Late, "The model endpoint did not finish in time."),
        _ => new MinerWorkException(WorkOutcome.EndpointFailed, $"The model endpoint failed with status {(int)response.StatusCode}."),
    };

    private static TimeSpan RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } delta && delta > TimeSpan.Zero && delta <= TimeSpan.FromHours(1) ? delta : TimeSpan.FromSeconds(1);

    // problem+json of ours; the words go to the one who sent the request, never to the log.
    private static async Task<string?> DetailAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBytes, ct);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(ct));
            if (problem.RootElement.ValueKind != JsonValueKind.Object || Text(problem.RootElement, "detail", MaxErrorBytes) is not { } detail) return null;
            return detail.Length <= MaxDetail ? detail : detail[..MaxDetail];
        }
        catch (Exception fault) when (fault is JsonException or HttpRequestException or IOException)
        {
            return null; // The status says enough.
        }
    }

    private static string? Text(JsonElement element, string name, int maxLength)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString() is { } text && text.Length <= maxLength ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null; // A lone surrogate is legal JSON but no text.
        }
    }

    private static bool IsName(string? name) => name is { Length: > 0 } && name.All(c => c is > ' ' and < (char)127);

    private static bool IsDigest(string? digest) => digest is { Length: 64 } && digest.All(char.IsAsciiHexDigitLower);
}
