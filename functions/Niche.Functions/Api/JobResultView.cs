using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>A delivered picture as the API shows it.</summary>
public sealed record JobResultView(int Index, string Url, long Seed, int Width, int Height, string ReceiptId, JobMinerView Miner)
{
    /// <summary>Makes the view of a finished unit.</summary>
    public static JobResultView From(Job job, JobUnit unit, string url) => new(
        unit.Index, url, unit.Result!.Seed, job.Request.Width, job.Request.Height, unit.Result.ReceiptId,
        new JobMinerView(unit.Result.MinerUid, unit.Result.MinerHotkey));
}
