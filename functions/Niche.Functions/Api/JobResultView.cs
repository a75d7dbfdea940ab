using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>A delivered picture as the API shows it.</summary>
public sealed record JobResultView(int Index, string Url, long Seed, int Width, int Height, string ReceiptId, JobMinerView Miner)
{
    /// <summary>Makes the view of a finished unit.</summary>
    public static JobResultView From(Job job, JobUnit unit) => new(
        unit.Index, UrlOf(job.Id, unit.Result!.File), unit.Result.Seed, job.Request.Width, job.Request.Height, unit.Result.ReceiptId,
        new JobMinerView(unit.Result.MinerUid, unit.Result.MinerHotkey));

    /// <summary>Path of a picture, from the root of the API.</summary>
    public static string UrlOf(string jobId, string file) => $"/v1/images/{jobId}/{file}";
}
