namespace Niche.EndToEnd.Tests.Rig;

/// <summary>A miner in a process of its own.</summary>
/// <param name="Hotkey">Its address on the chain.</param>
/// <param name="Axon">Where it listens.</param>
/// <param name="Program">Its process.</param>
public sealed record RoleMiner(string Hotkey, Uri Axon, BoxProgram Program);
