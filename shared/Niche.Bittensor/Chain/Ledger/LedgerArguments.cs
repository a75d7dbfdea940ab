namespace Niche.Bittensor.Chain.Ledger;

internal sealed record RegisterArguments(double Stake, bool ValidatorPermit);

internal sealed record ServeAxonArguments(string Ip, int Port);

internal sealed record SetWeightsArguments(IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values, ulong VersionKey);

internal sealed record CommitWeightsArguments(string CommitHash);

internal sealed record RevealWeightsArguments(IReadOnlyList<ushort> Uids, IReadOnlyList<ushort> Values, IReadOnlyList<ushort> Salt, ulong VersionKey);

internal sealed record BlockAnswer(ulong Block);
