namespace Niche.Validator.Trusted;

/// <summary>Prompts that a model does well, as its card says; asked of the trusted endpoint once.</summary>
public sealed class Suggestions(TrustedEndpoint trusted)
{
    private volatile IReadOnlyList<TrustedModel>? _models;

    /// <summary>Suggestions for a model; none while the endpoint is away.</summary>
    public async Task<IReadOnlyList<string>> ForAsync(string model, CancellationToken ct)
    {
        try
        {
            _models ??= await trusted.ListModelsAsync(ct).ConfigureAwait(false);
        }
        catch (TrustedEndpointException)
        {
            return [];
        }

        return _models.FirstOrDefault(candidate => candidate.Name == model)?.Suggestions ?? [];
    }
}
