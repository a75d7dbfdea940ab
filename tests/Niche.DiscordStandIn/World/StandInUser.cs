namespace Niche.DiscordStandIn.World;

/// <summary>A person.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">Name that is shown.</param>
/// <param name="Locale">Their language.</param>
/// <param name="Permissions">Permission bits in servers.</param>
public sealed record StandInUser(ulong Id, string Name, string Locale = "en-US", ulong Permissions = 2147483648);
