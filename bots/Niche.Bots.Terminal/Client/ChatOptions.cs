namespace Niche.Bots.Terminal.Client;

/// <summary>How a terminal chats.</summary>
/// <param name="Address">Base address of the validator.</param>
/// <param name="Session">The session: account and right to read at once.</param>
/// <param name="Folder">Where pictures are saved.</param>
/// <param name="Color">The terminal shows colours: pictures are drawn.</param>
/// <param name="Locale">Language of the terminal; null when unknown.</param>
/// <param name="Transcript">File that the conversation is written to at the end, as HTML; null writes none.</param>
public sealed record ChatOptions(Uri Address, string Session, string Folder, bool Color, string? Locale = null, string? Transcript = null);
