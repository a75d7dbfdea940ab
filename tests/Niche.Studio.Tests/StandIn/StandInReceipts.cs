using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Niche.Studio.Tests.StandIn;

/// <summary>Pictures and their receipts; the hashes on a receipt are those of the real bytes.</summary>
public sealed class StandInReceipts
{
    /// <summary>Outcome and reason that receipts carry.</summary>
    public (string Outcome, string Reason) Verdict { get; set; } = ("verified", "match");

    /// <summary>Set: receipts speak of another picture.</summary>
    public bool ForeignPicture { get; set; }

    /// <summary>Bytes of a picture, painted from its seed.</summary>
    public byte[] PictureOf(StandInJob job, int index) =>
        ScenePainter.Paint((int)job.Request["width"]!, (int)job.Request["height"]!, job.SeedOf(index));

    /// <summary>A receipt as the API shows it.</summary>
    public JsonObject View(string id, StandInJob job, int index) => new()
    {
        ["id"] = id, ["job_id"] = job.Id, ["model"] = job.Request["model"]!.DeepClone(), ["model_digest"] = Hash("niche-scenes"u8),
        ["prompt_sha256"] = Hash(Encoding.UTF8.GetBytes((string)job.Request["prompt"]!)), ["seed"] = job.SeedOf(index),
        ["steps"] = job.Request["steps"]!.DeepClone(), ["guidance"] = job.Request["guidance"]!.DeepClone(), ["width"] = job.Request["width"]!.DeepClone(),
        ["height"] = job.Request["height"]!.DeepClone(), ["miner_uid"] = 1, ["miner_hotkey"] = StandInJob.Hotkey,
        ["validator_hotkey"] = StandInNetwork.Validator, ["created_at"] = job.View()["created_at"]!.DeepClone(), ["queued_ms"] = 412, ["miner_ms"] = 231,
        ["total_ms"] = 688,
        ["verdict"] = new JsonObject
        {
            ["outcome"] = Verdict.Outcome, ["reason"] = Verdict.Reason, ["similarity"] = 0.9931,
            ["evidence"] = new JsonObject { ["embedding"] = 0.9997, ["grid"] = 0.412, ["dhash"] = 2 },
        },
        ["image_sha256"] = Hash(ForeignPicture ? "another"u8 : PictureOf(job, index)), ["signature"] = "0x" + Hash("signature"u8) + Hash("more"u8),
    };

    private static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
