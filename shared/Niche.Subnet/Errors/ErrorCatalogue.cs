using System.Collections.Frozen;

namespace Niche.Subnet.Errors;

/// <summary>Every error the subnet can answer with, and the one place that builds them.</summary>
public static class ErrorCatalogue
{
    private static readonly FrozenDictionary<string, ErrorKind> Kinds = new ErrorKind[]
    {
        new(ErrorCodes.InvalidPrompt, 400, "The prompt cannot be used"),
        new(ErrorCodes.UnknownModel, 400, "No such model"),
        new(ErrorCodes.UnsupportedPipeline, 400, "The model does not support this pipeline"),
        new(ErrorCodes.SizeNotAllowed, 400, "The size is not allowed"),
        new(ErrorCodes.StepsOutOfRange, 400, "The number of steps is out of range"),
        new(ErrorCodes.GuidanceOutOfRange, 400, "The guidance scale is out of range"),
        new(ErrorCodes.SeedOutOfRange, 400, "The seed is out of range"),
        new(ErrorCodes.CountOutOfRange, 400, "The number of pictures is out of range"),
        new(ErrorCodes.MaxTokensOutOfRange, 400, "The number of tokens is out of range"),
        new(ErrorCodes.InvalidParameter, 400, "A parameter is wrong"),
        // 400 and not 413: the public contract answers every fault of the caller's input with one status.
        new(ErrorCodes.BodyTooLarge, 400, "The request body is too large"),
        new(ErrorCodes.MalformedJson, 400, "The body is not valid JSON"),
        new(ErrorCodes.NoMinerAvailable, 503, "No miner is available"),
        new(ErrorCodes.MinersFailed, 502, "No miner delivered usable work"),
        new(ErrorCodes.QueueFull, 429, "Too many jobs are waiting"),
        new(ErrorCodes.QuotaExceeded, 429, "The quota of this interval is used up"),
        new(ErrorCodes.NotFound, 404, "Nothing is here"),
        new(ErrorCodes.JobNotFound, 404, "No such job"),
        new(ErrorCodes.JobCancelled, 409, "The job was cancelled"),
        new(ErrorCodes.ReceiptNotFound, 404, "No such receipt"),
        new(ErrorCodes.IdempotencyConflict, 422, "The idempotency key belongs to another request"),
        new(ErrorCodes.IdempotencyInProgress, 409, "The first request with this idempotency key still runs"),
        new(ErrorCodes.DeadlineExceeded, 504, "The job could not be finished in time"),
        new(ErrorCodes.Unauthorized, 401, "Credentials are missing or wrong"),
        new(ErrorCodes.AccountBanned, 403, "The account may not be used"),
        new(ErrorCodes.InvalidLinkCode, 400, "The code is not valid"),
        new(ErrorCodes.LinkConflict, 409, "The accounts cannot be joined or parted"),
        new(ErrorCodes.KeyNotFound, 404, "No such key"),
        new(ErrorCodes.InvalidPolicy, 422, "The policy document breaks a rule"),
        new(ErrorCodes.InvalidSignature, 422, "The signature is not valid"),
        new(ErrorCodes.InvalidMinerInformation, 422, "The miner's information breaks the contract"),
        new(ErrorCodes.InvalidReceipt, 422, "The receipt breaks the contract"),
        new(ErrorCodes.Internal, 500, "Something failed on our side"),
    }.ToFrozenDictionary(kind => kind.Code, StringComparer.Ordinal);

    /// <summary>All rows, ordered by code.</summary>
    public static IReadOnlyList<ErrorKind> All { get; } = [.. Kinds.Values.OrderBy(kind => kind.Code, StringComparer.Ordinal)];

    /// <summary>Builds an error of a known kind.</summary>
    /// <exception cref="ArgumentException">The code is not in the catalogue.</exception>
    public static NicheError Create(
        string code, string detail, string? parameter = null, AllowedRange? allowed = null, TimeSpan? retryAfter = null) =>
        Kinds.TryGetValue(code, out var kind)
            ? new NicheError(kind.Code, kind.Status, kind.Title, detail, parameter, allowed, retryAfter)
            : throw new ArgumentException($"'{code}' is not in the error catalogue.", nameof(code));

    /// <summary>A number outside [<paramref name="min"/>, <paramref name="max"/>]; the detail names the range.</summary>
    public static NicheError OutOfRange(string code, string parameter, double min, double max) =>
        Create(code, FormattableString.Invariant($"'{parameter}' must be between {min} and {max}."), parameter, new AllowedRange(min, max));

    /// <summary>A value outside a list; the detail names the list.</summary>
    public static NicheError NotInList(string code, string parameter, IReadOnlyList<string> values) =>
        Create(code, $"'{parameter}' must be one of: {string.Join(", ", values)}.", parameter, new AllowedRange(Values: values));

    /// <summary>A prompt that is empty, longer than <paramref name="maxCharacters"/> or holds control characters.</summary>
    public static NicheError InvalidPrompt(string parameter, int maxCharacters) =>
        Create(
            ErrorCodes.InvalidPrompt,
            FormattableString.Invariant($"'{parameter}' must hold 1 to {maxCharacters} characters and no control characters."),
            parameter,
            new AllowedRange(1, maxCharacters));

    /// <summary>A body of more than <paramref name="maxBytes"/> bytes.</summary>
    public static NicheError BodyTooLarge(long maxBytes) =>
        Create(
            ErrorCodes.BodyTooLarge,
            FormattableString.Invariant($"The body must not exceed {maxBytes} bytes."),
            allowed: new AllowedRange(0, maxBytes));

    /// <summary>A fault of ours. The detail stays general: causes belong in the log, found by the trace id.</summary>
    public static NicheError Internal() =>
        Create(ErrorCodes.Internal, "The request failed inside the service. Retry, and report the trace id if it happens again.");
}
