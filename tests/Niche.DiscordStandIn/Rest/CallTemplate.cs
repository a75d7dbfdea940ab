namespace Niche.DiscordStandIn.Rest;

/// <summary>A call that the stand-in plays.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path with a star for each parameter.</param>
/// <param name="Operation">operationId of the description.</param>
/// <param name="IsOfApp">Needs the app's token and counts to its global limit.</param>
internal sealed record CallTemplate(string Method, string Path, string Operation, bool IsOfApp);
