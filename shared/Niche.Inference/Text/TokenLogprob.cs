namespace Niche.Inference.Text;

/// <summary>A token and its natural log-probability under the model, before temperature and truncation.</summary>
/// <param name="Id">Token id; -1 where the server that made the text does not tell it.</param>
/// <param name="Text">Its bytes as text; part of a character shows as U+FFFD.</param>
/// <param name="Logprob">Natural logarithm of its probability.</param>
public sealed record TokenLogprob(int Id, string Text, double Logprob);
