using Niche.Subnet.Errors;

namespace Niche.Functions.Api.Document;

/// <summary>What the description says of one HTTP function beside its method and route, which come from the function itself.</summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Answers">What it answers when all is well.</param>
/// <param name="Errors">Codes of <see cref="ErrorCodes"/> that it answers with.</param>
public sealed record ApiOperation(string Function, string Summary, IReadOnlyList<ApiAnswer> Answers, params IReadOnlyList<string> Errors)
{
    /// <summary>Example of the JSON body; its type is the body's schema. Null when there is no body.</summary>
    public object? Body { get; init; }

    /// <summary>Only holders of a key may call it.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Path parameters, headers, and with a question mark before them query parameters, by name, in words.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>One good answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">In words.</param>
/// <param name="Example">An example whose type is the schema; null for what is no JSON.</param>
/// <param name="MediaType">Media type.</param>
public sealed record ApiAnswer(int Status, string Text, object? Example, string MediaType = "application/json");
