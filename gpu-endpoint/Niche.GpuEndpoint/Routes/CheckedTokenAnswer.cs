namespace Niche.GpuEndpoint.Routes;

/// <summary>A token of a checked text.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Rank">0 for the likeliest token of its place.</param>
/// <param name="Logprob">Its log-probability, before temperature and any other rule.</param>
/// <param name="Miss">With a seed: how far its draw is from this token, 0 where it would have been drawn, 1 at most. Left out where it is not known.</param>
public sealed record CheckedTokenAnswer(int Id, string Text, int Rank, double Logprob, double? Miss);
