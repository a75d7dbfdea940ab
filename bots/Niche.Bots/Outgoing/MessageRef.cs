namespace Niche.Bots.Outgoing;

/// <summary>A message that stands in a chat: enough to edit or delete it after a restart.</summary>
/// <param name="Platform">Name of the platform.</param>
/// <param name="Channel">Channel or chat; empty for an inline message.</param>
/// <param name="Message">Its id; <c>@original</c> and the like are resolved to real ids where the platform tells them.</param>
/// <param name="Also">Further messages that belong to it (an album before its keyboard); they are deleted with it.</param>
/// <param name="Token">What it was answered with and may be edited with, see <see cref="Incoming.Place.Token"/>; null when none. Never logged.</param>
/// <param name="TokenUntil">Until when the token works.</param>
/// <param name="Private">Only one person sees it: without its token nobody can change it any more.</param>
/// <param name="MaxUploadBytes">Largest file that may be put into it, where the platform said so; null when it did not.</param>
public sealed record MessageRef(
    string Platform, string Channel, string Message, IReadOnlyList<string>? Also = null, string? Token = null, DateTimeOffset? TokenUntil = null,
    bool Private = false, long? MaxUploadBytes = null);
