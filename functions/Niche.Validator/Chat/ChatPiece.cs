using Niche.Subnet.Errors;

namespace Niche.Validator.Chat;

/// <summary>One event of a text in the making: a piece of text, or the end with its reason, or a failure.</summary>
/// <param name="Text">New text; empty at the end.</param>
/// <param name="FinishReason">Set on the last piece: <c>stop</c> or <c>length</c>.</param>
/// <param name="Error">Set when no miner could do it, or the chosen one broke off.</param>
public sealed record ChatPiece(string Text, string? FinishReason = null, NicheError? Error = null);
