namespace Niche.Bots.Outgoing;

/// <summary>A form to fill in (Discord: modal); comes back as <see cref="Incoming.FormEvent"/>.</summary>
/// <param name="Id">1 to 64 bytes of ASCII.</param>
/// <param name="Title">1 to 45 characters.</param>
/// <param name="Fields">1 to 5 fields.</param>
public sealed record Form(string Id, string Title, IReadOnlyList<FormField> Fields);
