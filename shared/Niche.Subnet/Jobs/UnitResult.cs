namespace Niche.Subnet.Jobs;

/// <summary>What a unit delivered.</summary>
/// <param name="Seed">Seed that makes it again.</param>
/// <param name="ReceiptId">Its receipt.</param>
/// <param name="MinerUid">Who made it.</param>
/// <param name="MinerHotkey">Who made it, for ever.</param>
/// <param name="File">Name of the picture within its job, such as <c>0.png</c>; empty for a text.</param>
/// <param name="Text">The text of a text job; null for a picture, whose bytes are a blob.</param>
public sealed record UnitResult(long Seed, string ReceiptId, int MinerUid, string MinerHotkey, string File, string? Text = null);
