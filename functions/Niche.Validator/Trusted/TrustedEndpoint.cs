using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;

namespace Niche.Validator.Trusted;

/// <summary>
/// Client of the validator's own GPU endpoint: makes references, reads features of pictures, continues prompts.
/// Errors: <see cref="TrustedEndpointException"/> when the endpoint fails, so that nobody else is blamed for it.
/// </summary>
public sealed class TrustedEndpoint(HttpClient http)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Makes the reference of a request.</summary>
    public async Task<TrustedImage> PaintAsync(ImageRecipe recipe, CancellationToken ct)
    {
        var body = new GenerateBody(recipe.Prompt, recipe.Seed, recipe.Model, recipe.Given is null ? "txt2img" : JobRequestValidator.FromPicture, recipe.Given?.File,
            new GenerateParameters(recipe.Steps, recipe.Width, recipe.Height, recipe.Guidance, recipe.NegativePrompt, "PNG", recipe.Given?.Strength));
        GenerateAnswer answer = await PostAsync<GenerateBody, GenerateAnswer>("generate", body, ct).ConfigureAwait(false);
        return new TrustedImage(answer.Image ?? throw new TrustedEndpointException("The reference endpoint answered without an image."), answer.ModelDigest ?? "");
    }

    /// <summary>Continues a prompt with a text model.</summary>
    /// <param name="recipe">What to continue, and how.</param>
    /// <param name="bands">Limits of an answer.</param>
    /// <param name="ct">Stops.</param>
    public async Task<TextAnswer> ContinueAsync(TextRecipe recipe, TextBands bands, CancellationToken ct)
    {
        var body = new TextBody(recipe.Model, [recipe.Prompt], recipe.Seed, recipe.MaxTokens, recipe.Temperature, recipe.TopP, recipe.Stop, 0);
        CompletionAnswer answer = await PostAsync<TextBody, CompletionAnswer>("generate", body, ct).ConfigureAwait(false);
        (TextAnswer? text, Verdict? refused) = TextAnswer.Read(answer.PromptOutput, bands);
        return text ?? throw new TrustedEndpointException($"The reference endpoint answered without a text: {refused!.ReasonCode}.");
    }

    /// <summary>
    /// What the model thinks of a text that somebody else says to have made so; null when it cannot be judged: cut short, cut by a stop string, not a text of
    /// this model, or the endpoint cannot tell draws.
    /// </summary>
    /// <param name="recipe">How it is said to be made.</param>
    /// <param name="answer">The text.</param>
    /// <param name="ct">Stops.</param>
    public async Task<PrefillEvidence?> CheckAsync(TextRecipe recipe, TextAnswer answer, CancellationToken ct)
    {
        bool ended = answer.FinishReason == "stop";
        if (recipe.Stop.Count > 0 || (!ended && answer.FinishReason != "length")) return null;
        CheckBody body = new(recipe.Model, recipe.Prompt, recipe.Seed, recipe.Temperature, recipe.TopP, ended, null, answer.Text);
        // The text cut into tokens anew need not give those that were drawn.
        CheckResult? check = answer.TokensSpellText ? await AskAsync(body with { TokenTexts = answer.Tokens, Text = null }).ConfigureAwait(false) : null;
        check ??= await AskAsync(body).ConfigureAwait(false);
        if (check is null) return null;
        if (check.Tokens is not { Count: > 0 }) throw new TrustedEndpointException("The reference endpoint judged a text without its tokens.");
        int made = check.Tokens.Count - (ended ? 1 : 0);
        if (ended ? made >= recipe.MaxTokens : made != recipe.MaxTokens) return null;
        return check.Tokens.Any(token => token.Miss is null)
            ? null
            : new PrefillEvidence([.. check.Tokens.Select(token => token.Rank)], [.. check.Tokens.Select(token => token.Logprob)], [.. check.Tokens.Select(token => token.Miss!.Value)]);

        async Task<CheckResult?> AskAsync(CheckBody asked)
        {
            using HttpResponseMessage response = await SendAsync("check", asked, ct).ConfigureAwait(false);
            // A server behind the endpoint that cannot look at a text leaves the rerun's word as it is.
            return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotImplemented ? null : await ReadAsync<CheckResult>(response, ct).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Decodes a picture and reads what a verifier compares; null when it cannot be decoded or is too large: then the picture is bad, not the endpoint.
    /// </summary>
    public async Task<ImageFeatures?> ReadFeaturesAsync(ReadOnlyMemory<byte> image, string? text, CancellationToken ct)
    {
        using HttpResponseMessage response = await SendAsync("features", new FeaturesBody(image, text), ct).ConfigureAwait(false);
        if ((int)response.StatusCode is 422 or 413) return null;
        return ImageFeaturesReader.Read(await ReadAsync<JsonElement>(response, ct).ConfigureAwait(false))
            ?? throw new TrustedEndpointException("The reference endpoint answered with features that do not fit.");
    }

    /// <summary>Names of the models it serves; throws while it is not ready.</summary>
    public async Task<IReadOnlyList<TrustedModel>> ListModelsAsync(CancellationToken ct)
    {
        try
        {
            TrustedModels? models = await http.GetFromJsonAsync<TrustedModels>("models", Json, ct).ConfigureAwait(false);
            return models?.Models ?? [];
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new TrustedEndpointException($"The reference endpoint {http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, CancellationToken ct)
    {
        using HttpResponseMessage response = await SendAsync(path, body, ct).ConfigureAwait(false);
        return await ReadAsync<TAnswer>(response, ct).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync<TBody>(string path, TBody body, CancellationToken ct)
    {
        try
        {
            return await http.PostAsJsonAsync(path, body, Json, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new TrustedEndpointException($"The reference endpoint {http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken ct)
    {
        if (!response.IsSuccessStatusCode)
            throw new TrustedEndpointException($"The reference endpoint answered {(int)response.StatusCode} to {response.RequestMessage?.RequestUri?.AbsolutePath}.");
        try
        {
            return await response.Content.ReadFromJsonAsync<T>(Json, ct).ConfigureAwait(false) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new TrustedEndpointException("The reference endpoint answered with JSON that does not fit.", e);
        }
    }

    private sealed record GenerateParameters(int NumInferenceSteps, int Width, int Height, double GuidanceScale, string NegativePrompt, string ImageFormat, double? Strength);

    private sealed record GenerateBody(string Prompt, long Seed, string ModelName, string PipelineType, ReadOnlyMemory<byte>? ConditionalImage, GenerateParameters PipelineParams);

    private sealed record GenerateAnswer(byte[]? Image, string? ModelDigest);

    private sealed record TextBody(string Model, string[] Prompt, long Seed, int MaxTokens, double Temperature, double TopP, IReadOnlyList<string> Stop, int Logprobs);

    private sealed record CheckBody(
        string Model, string Prompt, long Seed, double Temperature, double TopP, bool Ended, IReadOnlyList<string>? TokenTexts, string? Text);

    private sealed record CheckResult(IReadOnlyList<CheckedToken>? Tokens);

    private sealed record CheckedToken(int Rank, double Logprob, double? Miss);

    private sealed record CompletionAnswer(JsonElement PromptOutput);

    private sealed record FeaturesBody(ReadOnlyMemory<byte> Image, string? Text);

    private sealed record TrustedModels([property: JsonPropertyName("models")] IReadOnlyList<TrustedModel> Models);
}
