namespace Niche.Bots.Discord.Rest;

/// <summary>A file to upload.</summary>
/// <param name="Name">Its name, see <see cref="FileNames"/>; components point to it as attachment://name.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="Description">Words for those who cannot see it; at most 1024 characters.</param>
public sealed record DiscordFile(string Name, string ContentType, ReadOnlyMemory<byte> Content, string? Description = null);
