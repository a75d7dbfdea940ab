namespace Niche.Functions.Api;

/// <summary>Who made a picture.</summary>
public sealed record JobMinerView(int Uid, string Hotkey);
