namespace Niche.GpuEndpoint.Safety;

/// <summary>The picture was made and held back.</summary>
public sealed class ContentBlockedException() : Exception("The picture was made but held back, because this endpoint does not give out pictures like it; ask for something else.");
