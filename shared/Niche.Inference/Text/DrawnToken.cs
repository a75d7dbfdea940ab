namespace Niche.Inference.Text;

/// <summary>A token that was drawn, with log-probabilities of the model before any rule.</summary>
/// <param name="Id">The token.</param>
/// <param name="Logprob">Its log-probability.</param>
/// <param name="Top">The likeliest tokens of the place, as many as asked for, likeliest first.</param>
internal readonly record struct DrawnToken(int Id, double Logprob, IReadOnlyList<(int Id, double Logprob)> Top);
