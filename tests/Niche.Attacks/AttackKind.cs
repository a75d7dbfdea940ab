using Niche.Miner.Work;

namespace Niche.Attacks;

/// <summary>One way to cheat.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Description">What such a miner does and what it hopes for.</param>
/// <param name="Decorate">Puts the cheat around honest work.</param>
public sealed record AttackKind(string Name, string Description, Func<IMinerWork, TimeProvider, IMinerWork> Decorate);
