namespace Niche.Subnet.Errors;

/// <summary>One row of the catalogue.</summary>
/// <param name="Code">Stable code, see <see cref="ErrorCodes"/>.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Title">Short sentence, the same for every occurrence.</param>
public sealed record ErrorKind(string Code, int Status, string Title);
