namespace Niche.Inference.Text;

/// <summary>A given token and what the model thinks of it at its place.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Text">Its bytes as text; part of a character shows as U+FFFD.</param>
/// <param name="Rank">0 for the likeliest token of the place; equals rank by id.</param>
/// <param name="Logprob">Natural logarithm of its probability, before temperature and any other rule.</param>
/// <param name="Miss">How far the seed's draw is from this token's part of the distribution, 0 where it would have been drawn; null where no seed was given.</param>
public sealed record CheckedToken(int Id, string Text, int Rank, double Logprob, double? Miss = null);
