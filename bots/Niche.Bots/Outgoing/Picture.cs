namespace Niche.Bots.Outgoing;

/// <summary>A picture out of our own blob store. Platforms' links expire and are never kept.</summary>
/// <param name="Container">Container of the blob.</param>
/// <param name="Name">Name of the blob.</param>
/// <param name="FileName">Name of the uploaded file: ours, safe.</param>
/// <param name="Description">For people who do not see it; plain text, at most 500 characters.</param>
/// <param name="Spoiler">Covered until somebody wants to see it.</param>
/// <param name="AsFile">Must arrive byte for byte: platforms that recompress pictures send it as a file.</param>
public sealed record Picture(string Container, string Name, string FileName, string Description, bool Spoiler = false, bool AsFile = false);
