namespace Niche.GpuEndpoint.Routes;

/// <summary>A token of a checked text.</summary>
/// <param name="Id">Token id.</param>
/// <param name="Text">Its text.</param>
/// <param name="Rank">0 for the likeliest token of its place.</param>
/// <param name="Logprob">Its log-probability, before temperature and any other rule.</param>
public sealed record CheckedTokenAnswer(int Id, string Text, int Rank, double Logprob);
