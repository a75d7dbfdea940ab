using System.Text.Json.Nodes;

namespace Niche.DiscordStandIn.World;

/// <summary>What a message shows between two changes of it.</summary>
/// <param name="Flags">Its flags.</param>
/// <param name="Text">Plain text of messages without components.</param>
/// <param name="Components">Its components as they were sent.</param>
/// <param name="Files">Its files.</param>
public sealed record MessageContent(int Flags, string Text, JsonArray Components, IReadOnlyList<StandInFile> Files);
