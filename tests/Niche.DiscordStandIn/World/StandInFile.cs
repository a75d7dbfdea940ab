namespace Niche.DiscordStandIn.World;

/// <summary>A file on the content servers.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Url">Its address, signed as Discord signs them.</param>
public sealed record StandInFile(ulong Id, string Name, string ContentType, byte[] Content, string Url);
