using Niche.Subnet.Errors;
using Niche.Subnet.Scoring;

namespace Niche.Subnet.Policy;

/// <summary>The part of <see cref="PolicyValidator"/> that looks at one category.</summary>
internal static class ModelPolicyValidator
{
    public static void Validate(PolicyChecks check, string path, ModelPolicy model)
    {
        check.That(IsName(model.Name), $"{path}.name", "must hold 1 to 64 letters, digits, '-', '_', '.', or '/'");
        check.NoNulls($"{path}.pipelines", model.Pipelines);
        check.That(model.Pipelines.Count is > 0 and <= 16, $"{path}.pipelines", "must hold 1 to 16 names");
        check.Between($"{path}.max_seed", model.MaxSeed, 1, uint.MaxValue);
        check.Between($"{path}.max_count", model.MaxCount, 1, 64);
        check.Between($"{path}.max_prompt_characters", model.MaxPromptCharacters, 1, 100_000);
        check.Between($"{path}.timeout_seconds", model.TimeoutSeconds, 0.1, 600);
        check.Between($"{path}.organic_audit", model.OrganicAudit, 0, 1);
        check.That(
            RewardFormulas.Find(model.RewardFormula) is not null,
            $"{path}.reward_formula",
            $"must be one of: {string.Join(", ", RewardFormulas.Names)}");
        check.That(
            model.ModelDigest is null || (model.ModelDigest.Length == 64 && model.ModelDigest.All(char.IsAsciiHexDigitLower)),
            $"{path}.model_digest",
            "must be 64 lower-case hex digits");
        CheckShares(check, $"{path}.emission_shares", model.EmissionShares);
        if (model.Kind == ModelKind.Image) CheckImage(check, path, model);
        else CheckText(check, path, model);
    }

    public static bool HasUsableShares(ModelPolicy model) =>
        model.EmissionShares.Count > 0 && model.EmissionShares.All(point => point is not null);

    private static void CheckShares(PolicyChecks check, string path, IReadOnlyList<SharePoint> points)
    {
        check.Between($"{path}.length", points.Count, 1, 256);
        if (!check.NoNulls(path, points)) return;
        for (var i = 0; i < points.Count; i++)
        {
            check.Between(FormattableString.Invariant($"{path}[{i}].share"), points[i].Share, 0, 1);
            if (i > 0)
                check.That(points[i].At > points[i - 1].At, FormattableString.Invariant($"{path}[{i}].at"), "must be later than the point before");
        }
    }

    private static void CheckImage(PolicyChecks check, string path, ModelPolicy model)
    {
        check.Between($"{path}.sizes.length", model.Sizes.Count, 1, 64);
        var hasSizes = check.NoNulls($"{path}.sizes", model.Sizes);
        for (var i = 0; hasSizes && i < model.Sizes.Count; i++)
        {
            check.Between(FormattableString.Invariant($"{path}.sizes[{i}].width"), model.Sizes[i].Width, 8, 8192);
            check.Between(FormattableString.Invariant($"{path}.sizes[{i}].height"), model.Sizes[i].Height, 8, 8192);
        }

        CheckRange(check, $"{path}.steps", model.Steps, 1, 1000);
        check.That(model.Guidance is not null, $"{path}.guidance", "is needed for a picture model");
        if (model.Guidance is { } guidance)
        {
            check.Between($"{path}.guidance.min", guidance.Min, 0, 100);
            check.Between($"{path}.guidance.max", guidance.Max, guidance.Min, 100);
            check.Between($"{path}.guidance.default", guidance.Default, guidance.Min, guidance.Max);
        }

        check.That(model.Challenge.Steps.Count > 0, $"{path}.challenge.steps", "must not be empty for a picture model");
        check.That(model.Challenge.Guidance.Count > 0, $"{path}.challenge.guidance", "must not be empty for a picture model");
        check.That(model.Challenge.Steps.All(s => model.Steps?.Contains(s) == true), $"{path}.challenge.steps", "must lie within 'steps'");
        check.That(
            model.Challenge.Guidance.All(g => model.Guidance?.Contains(g) == true), $"{path}.challenge.guidance", "must lie within 'guidance'");
        check.That(model.ImageBands is not null, $"{path}.image_bands", "is needed for a picture model");
        if (model.ImageBands is { } bands) CheckBands(check, $"{path}.image_bands", bands);
    }

    private static void CheckBands(PolicyChecks check, string path, ImageBands bands)
    {
        check.Between($"{path}.grid_max", bands.GridMax, 0, 255);
        check.Between($"{path}.latent_max", bands.LatentMax, 0, 2);
        check.Between($"{path}.hash_max", bands.HashMax, 0, 64);
        check.Between($"{path}.settings_latent_max", bands.SettingsLatentMax, bands.LatentMax, 2);
        check.Between($"{path}.embedding_min", bands.EmbeddingMin, -1, 1);
        check.Between($"{path}.text_similarity_min", bands.TextSimilarityMin, -1, 1);
        check.Between($"{path}.text_similarity_sure", bands.TextSimilaritySure, bands.TextSimilarityMin, 1);
        check.Between($"{path}.min_deviation", bands.MinDeviation, 0, 128);
        check.Between($"{path}.max_bytes", bands.MaxBytes, 64, 64 << 20);
    }

    private static void CheckText(PolicyChecks check, string path, ModelPolicy model)
    {
        CheckRange(check, $"{path}.max_tokens", model.MaxTokens, 1, 1 << 20);
        check.That(model.Challenge.MaxTokens.Count > 0, $"{path}.challenge.max_tokens", "must not be empty for a text model");
        check.That(
            model.Challenge.MaxTokens.All(t => model.MaxTokens?.Contains(t) == true), $"{path}.challenge.max_tokens", "must lie within 'max_tokens'");
        check.That(model.TextBands is not null, $"{path}.text_bands", "is needed for a text model");
        if (model.TextBands is not { } bands) return;
        check.Between($"{path}.text_bands.min_token_match", bands.MinTokenMatch, 0, 1);
        check.Between($"{path}.text_bands.max_rank", bands.MaxRank, 0, 1 << 20);
        check.Between($"{path}.text_bands.min_mean_logprob", bands.MinMeanLogprob, -100, 0);
        check.Between($"{path}.text_bands.max_characters", bands.MaxCharacters, 1, 16 << 20);
        check.Between($"{path}.text_bands.max_miss", bands.MaxMiss, 0, 1);
    }

    private static void CheckRange(PolicyChecks check, string path, IntRange? range, int min, int max)
    {
        check.That(range is not null, path, "is needed for this kind of model");
        if (range is null) return;
        check.Between($"{path}.min", range.Min, min, max);
        check.Between($"{path}.max", range.Max, range.Min, max);
        check.Between($"{path}.default", range.Default, range.Min, range.Max);
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/');
}
