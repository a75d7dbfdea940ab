namespace Niche.Inference.Models;

/// <summary>The OpenAI-compatible server that makes a model's texts in place of a graph in the folder.</summary>
/// <param name="Url">Its address, http or https, without <c>/v1</c>.</param>
public sealed record PassThrough(string Url)
{
    /// <summary>The model's name there; null for the name that it has here.</summary>
    public string? Model { get; init; }

    /// <summary>Environment variable that holds the key; null for a server that asks for none.</summary>
    public string? ApiKeyEnv { get; init; }

    /// <summary>Seconds for which the server may say nothing, from 1 to 600; null for 120.</summary>
    public double? Silence { get; init; }

    /// <summary>What is wrong with it; null when nothing is.</summary>
    internal string? Fault(ModelKind kind)
    {
        if (kind != ModelKind.Text) return "passThrough is for text models";
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
            return "passThrough.url must be an http or https address without user, query and fragment";
        if (ApiKeyEnv is { } name && (name.Length is 0 or > 200 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))) return "passThrough.apiKeyEnv must be the name of an environment variable, not a key";
        return Silence is null or (>= 1 and <= 600) ? null : "passThrough.silence must be 1 to 600 seconds";
    }
}
