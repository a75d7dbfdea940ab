using Niche.Validator.Synthetic;

namespace Niche.Validator.Network;

/// <summary>All that people are shown of the subnet, read together.</summary>
/// <param name="Block">Block of the newest metagraph; null before the first sync.</param>
/// <param name="ValidatorHotkey">Who looks.</param>
/// <param name="ValidatorUid">Its slot; null when it is not registered.</param>
/// <param name="Round">The newest round; null before the first.</param>
/// <param name="Queues">Messages by queue name, hidden ones included.</param>
/// <param name="Miners">Miners by uid.</param>
public sealed record NetworkSnapshot(
    ulong? Block, string ValidatorHotkey, int? ValidatorUid, RoundState? Round, IReadOnlyDictionary<string, long> Queues, IReadOnlyList<MinerStanding> Miners);
