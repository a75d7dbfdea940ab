using Niche.Subnet.Errors;

namespace Niche.Bots.Ports;

/// <summary>A piece of a text in the making.</summary>
/// <param name="Text">New text.</param>
/// <param name="Error">Why it ends here, when it failed.</param>
public sealed record WrittenPiece(string Text, NicheError? Error = null);
