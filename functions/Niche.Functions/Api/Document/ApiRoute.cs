namespace Niche.Functions.Api.Document;

/// <summary>One HTTP function.</summary>
/// <param name="Function">Its name.</param>
/// <param name="Path">Path template from the root.</param>
/// <param name="Methods">HTTP methods in lower case; a function that takes all of them is described by what it is for.</param>
public sealed record ApiRoute(string Function, string Path, IReadOnlyList<string> Methods);
