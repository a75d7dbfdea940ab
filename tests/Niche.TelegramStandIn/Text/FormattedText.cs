using System.Text.Json.Nodes;

namespace Niche.TelegramStandIn.Text;

/// <summary>Text as people see it, and what is special about its parts.</summary>
/// <param name="Plain">The characters after parsing.</param>
/// <param name="Entities">Array of MessageEntity; offsets and lengths in UTF-16 code units.</param>
public sealed record FormattedText(string Plain, JsonArray Entities);
