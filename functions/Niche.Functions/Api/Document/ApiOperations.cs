using Niche.Subnet.Errors;

namespace Niche.Functions.Api.Document;

/// <summary>Every HTTP function in words. A test holds the list against the functions.</summary>
public static class ApiOperations
{
    private static readonly string[] OfKeys = [ErrorCodes.Unauthorized, ErrorCodes.AccountBanned, ErrorCodes.QuotaExceeded];

    private static readonly string[] BadBody =
    [
        ErrorCodes.MalformedJson, ErrorCodes.BodyTooLarge, ErrorCodes.InvalidParameter, ErrorCodes.InvalidPrompt, ErrorCodes.UnknownModel,
        ErrorCodes.SeedOutOfRange, ErrorCodes.Internal, .. OfKeys,
    ];

    private static readonly string[] BadPicture =
        [.. BadBody, ErrorCodes.SizeNotAllowed, ErrorCodes.StepsOutOfRange, ErrorCodes.GuidanceOutOfRange, ErrorCodes.CountOutOfRange, ErrorCodes.QueueFull];

    private static readonly Dictionary<string, string> JobId = new() { ["id"] = "Id of the job, 26 characters." };

    /// <summary>The list.</summary>
    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        new("CreateImages", "Make pictures and wait for them (OpenAI shape)", [new(200, "The pictures.", ApiExamples.Images)],
            [.. BadPicture, ErrorCodes.NoMinerAvailable, ErrorCodes.MinersFailed, ErrorCodes.JobCancelled, ErrorCodes.DeadlineExceeded])
        { Body = ApiExamples.ImagesBody },
        new("CreateChatCompletion", "Have a text written (OpenAI shape); with stream, as server-sent events that end with [DONE]",
            [new(200, "The text.", ApiExamples.Chat), new(200, "The text as it comes: ChatChunk objects in data: lines.", ApiExamples.Chunk, "text/event-stream")],
            [.. BadBody, ErrorCodes.MaxTokensOutOfRange, ErrorCodes.CountOutOfRange, ErrorCodes.NoMinerAvailable, ErrorCodes.MinersFailed])
        { Body = ApiExamples.ChatBody },
        new("CreateJob", "Submit a job; answers at once",
            [new(202, "Accepted. Location is where to look.", ApiExamples.WaitingJob), new(200, "The job that this Idempotency-Key made before.", ApiExamples.Job)],
            [.. BadPicture, ErrorCodes.IdempotencyConflict])
        {
            Body = ApiExamples.JobBody,
            Parameters = new Dictionary<string, string>
            {
                ["Idempotency-Key"] = "Up to 200 characters of your own; the same key and body never make a second job.",
            },
        },
        new("GetJob", "Look at a job, or wait for its next change", [new(200, "The job.", ApiExamples.Job)], ErrorCodes.JobNotFound, ErrorCodes.Unauthorized, ErrorCodes.Internal)
        { Parameters = new Dictionary<string, string>(JobId) { ["Prefer"] = "wait=N: answer when the job changes, after N seconds (60 at most) in any case." } },
        new("CancelJob", "Call a job off; pictures that are finished stay", [new(200, "The job.", ApiExamples.Job)], ErrorCodes.JobNotFound, ErrorCodes.Unauthorized, ErrorCodes.Internal)
        { Parameters = JobId },
        new("GetImage", "A finished picture", [new(200, "The picture.", null, "image/png")], ErrorCodes.JobNotFound, ErrorCodes.Internal)
        { Parameters = new Dictionary<string, string> { ["jobId"] = "Id of the job.", ["file"] = "Name as in the picture's url: 0.png to 9.png.", ["?sig"] = "As in the picture's url; pictures of an account need it, or its key." } },
        new("GetAccount", "The account behind the key: doors, keys, quotas", [new(200, "The account.", ApiExamples.Account)], ErrorCodes.Unauthorized, ErrorCodes.Internal)
        { NeedsKey = true },
        new("ListHistory", "Orders of the account by every door, newest first", [new(200, "A page.", ApiExamples.History)],
            ErrorCodes.Unauthorized, ErrorCodes.InvalidParameter, ErrorCodes.JobNotFound, ErrorCodes.Internal)
        { NeedsKey = true, Parameters = new Dictionary<string, string> { ["?limit"] = "Orders, 1 to 100; 20 when absent.", ["?before"] = "Id of the last order of the page before." } },
        new("RevokeKey", "Make a key of the account void", [new(200, "The key that was.", ApiExamples.Account.Keys[0])],
            ErrorCodes.Unauthorized, ErrorCodes.KeyNotFound, ErrorCodes.Internal)
        { NeedsKey = true, Parameters = new Dictionary<string, string> { ["id"] = "Id of the key, 16 characters." } },
        new("Link", "With a key: make a code for /link in a chat, or join the account that made a code. Without: exchange a code for a key",
            [new(200, "The code, the key, or the account.", ApiExamples.FreshCode)],
            ErrorCodes.MalformedJson, ErrorCodes.BodyTooLarge, ErrorCodes.InvalidParameter, ErrorCodes.Unauthorized, ErrorCodes.AccountBanned,
            ErrorCodes.InvalidLinkCode, ErrorCodes.LinkConflict, ErrorCodes.QuotaExceeded, ErrorCodes.Internal)
        { Body = ApiExamples.LinkBody },
        new("Unlink", "Take the person of this key out of the joined account; their orders go with them", [new(200, "The account that is left to them.", ApiExamples.Account)],
            ErrorCodes.Unauthorized, ErrorCodes.AccountBanned, ErrorCodes.LinkConflict, ErrorCodes.Internal)
        { NeedsKey = true },
        new("GetReceipt", "Who made a picture, how, and why it is believed; signed", [new(200, "The receipt.", ApiExamples.Receipt)],
            ErrorCodes.ReceiptNotFound, ErrorCodes.Internal)
        { Parameters = new Dictionary<string, string> { ["id"] = "receipt_id of a picture." } },
        new("ListModels", "What can be asked for, with every limit (OpenAI shape)", [new(200, "The models.", ApiExamples.Models)], ErrorCodes.Internal),
        new("ListMiners", "Who works, how well, and what it earned", [new(200, "The subnet as this validator sees it.", ApiExamples.Network)], ErrorCodes.Internal),
        new("Live", "The process runs", [new(200, "It does.", ApiExamples.Live)]),
        new("Ready", "Work can be done", [new(200, "A prompt sent now would be painted.", ApiExamples.Ready), new(503, "Not yet, and why.", ApiExamples.NotReady)]),
        new("GetOpenApi", "This document", [new(200, "OpenAPI 3.1.", null, "application/json")]),
        new("GetLlms", "The API in short, for language models", [new(200, "Plain text.", null, "text/plain")]),
        new("Studio", "The files of Studio, the page for people", [new(200, "A file.", null, "text/html")], ErrorCodes.NotFound)
        { Parameters = new Dictionary<string, string> { ["path"] = "Path of the file; empty is the page itself." } },
    ];
}
