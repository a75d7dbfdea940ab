namespace Niche.TelegramStandIn.Text;

/// <summary>Formatting that the Bot API refuses, in its words.</summary>
public sealed class EntityException(string message) : Exception(message);
