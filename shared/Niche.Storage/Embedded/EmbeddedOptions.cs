namespace Niche.Storage.Embedded;

/// <summary>Where and how safely the embedded stores keep their data.</summary>
/// <param name="Path">Data folder, created when missing; several processes on one machine may share it. Not on a network drive (SQLite WAL).</param>
/// <param name="Durability">What an acknowledged write survives.</param>
public sealed record EmbeddedOptions(string Path = ".data", Durability Durability = Durability.Normal);
