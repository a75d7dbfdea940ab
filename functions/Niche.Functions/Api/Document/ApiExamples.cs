using Niche.Functions.Api.Accounts;
using Niche.Subnet.Policy;
using Niche.Subnet.Receipts;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Upkeep;

namespace Niche.Functions.Api.Document;

/// <summary>Examples of the description, as the types that are really read and written: what no longer fits does not compile.</summary>
public static class ApiExamples
{
    private const string JobId = "06d3kq2v80k8o2gq7h1s4m9c2e", ReceiptId = "06d3kq2v9gk8o2gq7h1s4m9c2e", Url = $"/v1/images/{JobId}/0.png";
    private const string Prompt = "a red lighthouse by the sea at night", Hotkey = "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty";
    private const string Validator = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY", Painter = "niche-scenes", Writer = "niche-prompt-lm";
    private const long Seed = 7, Second = 1_767_225_600;
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(Second);
    private static readonly string Digest = Niche.Subnet.Receipts.Receipt.Digest(Prompt);

    public static ImagesBody ImagesBody { get; } = new() { Model = Painter, Prompt = Prompt, N = 1, Size = "128x128", Seed = Seed, ResponseFormat = "url" };

    public static ImagesAnswer Images { get; } = new(Second, [new ImageData(Url, null, Seed, ReceiptId)], JobId);

    public static JobBody JobBody { get; } = new() { Prompt = Prompt, Count = 1, Steps = 20, Guidance = 4, Seed = Seed };

    public static JobView WaitingJob { get; } =
        new(JobId, "image", Painter, Prompt, "queued", 2, 1.5, At, null, null, new JobProgress(0, 1), [], null);

    public static JobView Job { get; } = WaitingJob with
    {
        Status = "succeeded", Position = null, EtaSeconds = null, StartedAt = At, FinishedAt = At.AddMilliseconds(688), Progress = new JobProgress(1, 1),
        Results = [new JobResultView(0, Url, Seed, 128, 128, ReceiptId, new JobMinerView(1, Hotkey))],
    };

    public static AccountView Account { get; } = new(
        ["discord", "api"], [new KeyView("0f3c9a1b2d4e5f60", "niche_0f3c9a1b2d4e5f60", "studio", At, new DateOnly(2026, 1, 1), true)], new UsageView(3, 120), new UsageView(0, 240), 5);

    public static HistoryBody History { get; } = new(
        [new HistoryEntry(JobId, "discord", Prompt, Painter, 128, 128, 20, 4, Seed, 1, null, At, true, Job)], false);

    public static LinkBody LinkBody { get; } = new() { Code = "7KQ2M-XW9PD" };

    public static LinkAnswer FreshCode { get; } = new("7KQ2M-XW9PD", "/link 7KQ2M-XW9PD", 600, null, null);

    public static ChatBody ChatBody { get; } = new() { Model = Writer, Messages = [new ChatMessage("user", "a red")], MaxTokens = 24, Seed = Seed };

    public static ChatAnswer Chat { get; } = new("chatcmpl-" + JobId, "chat.completion", Second, Writer,
        [new ChatChoice(0, new ChatText("assistant", " lighthouse by the sea"), "stop")], new ChatUsage(2, 4, 6));

    public static ChatChunk Chunk { get; } = new("chatcmpl-" + JobId, "chat.completion.chunk", Second, Writer,
        [new ChatChunkChoice(0, new ChatDelta(null, " lighthouse"), null)]);

    public static ReceiptView Receipt { get; } = ReceiptView.From(new(new SignedReceipt(Signed, new string('0', 128)), new Dictionary<string, double> { ["grid"] = 0.01 }));

    public static ModelsBody Models { get; } = new("list",
    [
        new ModelView(Painter, "model", Second, "subnet-23", new ModelAbilities(
            "image", [new ImageSize(128, 128)], new IntRange(1, 50, 20), new NumberRange(1, 10, 4), null, 4, 1_000_000_000, 2000, [Prompt])),
    ]);

    public static NetworkBody Network { get; } = new(
        4_211_907, new NetworkValidator(Validator, 0), new NetworkRound(12, At, At.AddMinutes(10), 60, 34), new NetworkQueues(0, 5, 1, 0),
        [
            new NetworkMiner(1, Hotkey, Painter, "online", null, 0.94, 0.81, 256, 256, new Dictionary<string, long> { ["verified"] = 40, ["late"] = 1 }, 214,
                [new RecentVerdict(At, VerdictOutcome.Verified, ReasonCodes.Match, 0.94, "synthetic")]),
        ]);

    public static LiveBody Live { get; } = new("live");

    public static ReadinessReport Ready { get; } = new(true, 3, []);

    public static ReadinessReport NotReady { get; } = new(false, 0, ["No miner is online."]);

    private static Receipt Signed => new()
    {
        Id = ReceiptId, JobId = JobId, Model = Painter, PromptSha256 = Digest, Seed = Seed, Steps = 20, Guidance = 4, Width = 128, Height = 128,
        MinerHotkey = Hotkey, MinerUid = 1, ValidatorHotkey = Validator, CreatedAt = At, QueuedMs = 4, MinerMs = 231, TotalMs = 262,
        Outcome = VerdictOutcome.Verified, Reason = ReasonCodes.Match, Similarity = 0.99, ContentSha256 = Digest,
    };
}
