namespace Niche.Bots.Incoming;

/// <summary>A message that an event refers to: the one replied to, or the target of a message command.</summary>
/// <param name="Id">Its id in the channel.</param>
/// <param name="ByBot">This bot wrote it.</param>
/// <param name="Text">Its text, shortened to 4,000 characters.</param>
/// <param name="Attachments">Its files, at most 10.</param>
public sealed record QuotedMessage(string Id, bool ByBot, string Text, IReadOnlyList<Attachment> Attachments);
