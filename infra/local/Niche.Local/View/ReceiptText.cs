using System.Globalization;
using Niche.Functions.Api;
using Niche.Local.Supervision;

namespace Niche.Local.View;

/// <summary>A receipt for people at a terminal.</summary>
internal static class ReceiptText
{
    /// <summary>Its lines.</summary>
    public static string Of(ReceiptView receipt, BoxPlan plan, string file) => string.Create(CultureInfo.InvariantCulture, $"""
        picture    {file} ({receipt.Width}x{receipt.Height})
        model      {receipt.Model}, {receipt.Steps} steps, guidance {receipt.Guidance}
        seed       {receipt.Seed}
        miner      uid {receipt.MinerUid}, {receipt.MinerHotkey} ({plan.NameOf(receipt.MinerHotkey) ?? "stranger"})
        times      waited {receipt.QueuedMs} ms, miner {receipt.MinerMs} ms, all together {receipt.TotalMs} ms
        verdict    {receipt.Verdict.Outcome.ToString().ToLowerInvariant()}: {Words.Reason(receipt.Verdict.Outcome, receipt.Verdict.Reason)}
        receipt    {receipt.Id}, signed by {receipt.ValidatorHotkey}
        """);
}
