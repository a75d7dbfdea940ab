namespace Niche.Functions.Api.Accounts;

/// <summary>Settings of the HTTP API, section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Section name.</summary>
    public const string Section = "Api";

    /// <summary>Work is done for holders of an API key only; without, anybody who reaches the API may ask for pictures and texts.</summary>
    public bool RequireKey { get; set; }
}
