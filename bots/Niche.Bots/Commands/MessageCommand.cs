namespace Niche.Bots.Commands;

/// <summary>A command of a message's menu.</summary>
/// <param name="Name">How it comes back in <see cref="Incoming.MessageCommandEvent"/>; also its name in English, 1 to 32 characters.</param>
/// <param name="Label">By language tag, <c>en</c> always there; 1 to 32 characters each.</param>
/// <param name="Answers">Who sees the answer.</param>
public sealed record MessageCommand(string Name, IReadOnlyDictionary<string, string> Label, AnswerScope Answers);
