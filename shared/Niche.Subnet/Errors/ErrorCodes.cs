namespace Niche.Subnet.Errors;

/// <summary>Stable error codes: part of the public contract (problem+json <c>code</c>, bot text keys, metrics). Never renamed.</summary>
public static class ErrorCodes
{
    /// <summary>The prompt is missing, too long or holds forbidden control characters.</summary>
    public const string InvalidPrompt = "invalid_prompt";
    /// <summary>No such model in the current policy.</summary>
    public const string UnknownModel = "unknown_model";
    /// <summary>The model exists but does not support the pipeline.</summary>
    public const string UnsupportedPipeline = "unsupported_pipeline";
    /// <summary>Width x height is not in the model's list.</summary>
    public const string SizeNotAllowed = "size_not_allowed";
    /// <summary>Inference steps outside the model's range.</summary>
    public const string StepsOutOfRange = "steps_out_of_range";
    /// <summary>Guidance scale outside the model's range.</summary>
    public const string GuidanceOutOfRange = "guidance_out_of_range";
    /// <summary>Seed outside the allowed range.</summary>
    public const string SeedOutOfRange = "seed_out_of_range";
    /// <summary>Number of pictures outside the allowed range.</summary>
    public const string CountOutOfRange = "count_out_of_range";
    /// <summary>Requested token count outside the model's range.</summary>
    public const string MaxTokensOutOfRange = "max_tokens_out_of_range";
    /// <summary>Any other parameter with a wrong type or value.</summary>
    public const string InvalidParameter = "invalid_parameter";
    /// <summary>The request body exceeds the byte limit.</summary>
    public const string BodyTooLarge = "body_too_large";
    /// <summary>The body is not the JSON that was expected.</summary>
    public const string MalformedJson = "malformed_json";
    /// <summary>No reachable miner serves the model with free quota.</summary>
    public const string NoMinerAvailable = "no_miner_available";
    /// <summary>Every miner that was tried failed or gave unusable work.</summary>
    public const string MinersFailed = "miners_failed";
    /// <summary>Too many jobs wait already.</summary>
    public const string QueueFull = "queue_full";
    /// <summary>The caller used up the quota of the interval.</summary>
    public const string QuotaExceeded = "quota_exceeded";
    /// <summary>Nothing lies at this address.</summary>
    public const string NotFound = "not_found";

    /// <summary>No job with this id.</summary>
    public const string JobNotFound = "job_not_found";
    /// <summary>The job was cancelled before it finished.</summary>
    public const string JobCancelled = "job_cancelled";
    /// <summary>No receipt with this id.</summary>
    public const string ReceiptNotFound = "receipt_not_found";
    /// <summary>The idempotency key was used with another request body.</summary>
    public const string IdempotencyConflict = "idempotency_conflict";
    /// <summary>The first request with this idempotency key still runs.</summary>
    public const string IdempotencyInProgress = "idempotency_in_progress";
    /// <summary>The job could not be finished in time.</summary>
    public const string DeadlineExceeded = "deadline_exceeded";
    /// <summary>Missing or wrong credentials.</summary>
    public const string Unauthorized = "unauthorized";
    /// <summary>The account behind the key is banned.</summary>
    public const string AccountBanned = "account_banned";
    /// <summary>The link code is unknown, used or too old.</summary>
    public const string InvalidLinkCode = "invalid_link_code";
    /// <summary>The two accounts cannot become one, or not at this moment.</summary>
    public const string LinkConflict = "link_conflict";
    /// <summary>The account has no key of this name.</summary>
    public const string KeyNotFound = "key_not_found";
    /// <summary>A policy document breaks a rule.</summary>
    public const string InvalidPolicy = "invalid_policy";
    /// <summary>A signature does not match its document or its key is not trusted.</summary>
    public const string InvalidSignature = "invalid_signature";
    /// <summary>A miner's <c>Information</c> answer breaks the contract.</summary>
    public const string InvalidMinerInformation = "invalid_miner_information";
    /// <summary>A receipt breaks the contract.</summary>
    public const string InvalidReceipt = "invalid_receipt";
    /// <summary>A fault of ours; details are in the log under the trace id.</summary>
    public const string Internal = "internal";
}
