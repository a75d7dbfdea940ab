using System.Text.Json.Nodes;
using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Messages;

/// <summary>A view in Discord's terms.</summary>
/// <param name="Json">The message without attachments; built anew for every call, since JSON nodes have one parent.</param>
/// <param name="Pictures">Pictures in the order of their attachments.</param>
/// <param name="FileNames">Their names, as the message points to them.</param>
internal sealed record RenderedView(JsonObject Json, IReadOnlyList<Picture> Pictures, IReadOnlyList<string> FileNames);
