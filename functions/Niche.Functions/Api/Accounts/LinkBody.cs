namespace Niche.Functions.Api.Accounts;

/// <summary>Body of <c>POST /v1/link</c>.</summary>
public sealed record LinkBody
{
    /// <summary>A code that <c>/link</c> showed in a chat, or that this route made; absent to make one.</summary>
    public string? Code { get; init; }

    /// <summary>Name of the key that is made when a code comes without one.</summary>
    public string? Name { get; init; }
}
