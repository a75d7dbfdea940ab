namespace Niche.GpuEndpoint.Models;

/// <summary>How far a model is on its way into memory.</summary>
/// <param name="Stage"><c>hashing</c> (bytes), <c>loading</c> (graphs) or <c>warming</c> (picture sizes).</param>
/// <param name="Done">Done of this stage.</param>
/// <param name="Of">All of this stage; 0 where nobody knows.</param>
public sealed record ModelProgress(string Stage, long Done, long Of);
