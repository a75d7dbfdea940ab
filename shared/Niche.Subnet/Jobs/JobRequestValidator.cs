using System.Security.Cryptography;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;

namespace Niche.Subnet.Jobs;

/// <summary>Holds a draft against the policy and names every fault at once.</summary>
public static class JobRequestValidator
{
    /// <summary>Highest sampling temperature.</summary>
    public const double MaxTemperature = 2;

    /// <summary>Largest file of a picture to start from, bytes.</summary>
    public const int MaxPictureBytes = 6 * 1024 * 1024;

    /// <summary>Pipeline of pictures from pictures, as synapses name it.</summary>
    public const string FromPicture = "img2img";

    /// <summary>How much of a given picture is painted anew when nothing is said of it.</summary>
    public const double DefaultStrength = 0.6;

    /// <summary>How much of a given picture may be painted anew.</summary>
    public static (double Min, double Max) Strengths => (0.05, 1);

    /// <summary>Most stop strings, and the longest of them in characters.</summary>
    public const int MaxStops = 4, MaxStopCharacters = 64;

    /// <summary>Checks a draft and fills in the defaults of its model.</summary>
    /// <param name="draft">What was asked for.</param>
    /// <param name="policy">What may be asked for.</param>
    /// <param name="drawnSeed">A random number of at least 0, used when the draft names no seed.</param>
    public static Result<JobRequest> Validate(JobDraft draft, SubnetPolicy policy, long drawnSeed)
    {
        ModelKind kind = draft.Kind == JobKind.Image ? ModelKind.Image : ModelKind.Text;
        ModelPolicy? model = string.IsNullOrWhiteSpace(draft.Model)
            ? policy.Models.FirstOrDefault(candidate => candidate.Kind == kind)
            : policy.Find(draft.Model);
        if (model is null || model.Kind != kind)
        {
            string[] names = [.. policy.Models.Where(candidate => candidate.Kind == kind).Select(candidate => candidate.Name)];
            return new Result<JobRequest>(ErrorCatalogue.NotInList(ErrorCodes.UnknownModel, "model", names));
        }

        List<NicheError> errors = [];
        string prompt = CheckPrompt(draft.Prompt, "prompt", 1, model, errors);
        string negative = CheckPrompt(draft.NegativePrompt ?? "", "negative_prompt", 0, model, errors);
        long seed = draft.Seed ?? drawnSeed % (model.MaxSeed + 1);
        if (seed < 0 || seed > model.MaxSeed) errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.SeedOutOfRange, "seed", 0, model.MaxSeed));
        JobRequest request = kind == ModelKind.Image
            ? CheckImage(draft, model, prompt, negative, seed, errors)
            : CheckText(draft, model, prompt, seed, errors);
        return errors.Count == 0 ? new Result<JobRequest>(request) : new Result<JobRequest>(errors);
    }

    private static JobRequest CheckImage(
        JobDraft draft, ModelPolicy model, string prompt, string negative, long seed, List<NicheError> errors)
    {
        ImageSize standard = model.Sizes[0];
        ImageSize size = new(draft.Width ?? draft.Height ?? standard.Width, draft.Height ?? draft.Width ?? standard.Height);
        if (!model.Sizes.Contains(size))
            errors.Add(ErrorCatalogue.NotInList(ErrorCodes.SizeNotAllowed, "size", [.. model.Sizes.Select(allowed => allowed.ToString())]));
        int count = draft.Count ?? 1;
        if (count < 1 || count > model.MaxCount)
        {
            errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.CountOutOfRange, "count", 1, model.MaxCount));
            count = 1;
        }

        int steps = draft.Steps ?? model.Steps!.Default;
        if (!model.Steps!.Contains(steps)) errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.StepsOutOfRange, "steps", model.Steps.Min, model.Steps.Max));
        double guidance = draft.Guidance ?? model.Guidance!.Default;
        if (!model.Guidance!.Contains(guidance))
            errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.GuidanceOutOfRange, "guidance", model.Guidance.Min, model.Guidance.Max));
        long[] seeds = [.. Enumerable.Range(0, count).Select(i => (seed + i) % (model.MaxSeed + 1))];
        JobRequest request = new(JobKind.Image, model.Name, prompt, negative, size.Width, size.Height, steps, guidance, seeds, 0, 0, 0, []);
        return CheckPicture(draft, model, request, errors);
    }

    private static JobRequest CheckPicture(JobDraft draft, ModelPolicy model, JobRequest request, List<NicheError> errors)
    {
        double strength = draft.Strength ?? DefaultStrength;
        if (!(strength >= Strengths.Min && strength <= Strengths.Max))
            errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "strength", Strengths.Min, Strengths.Max));
        if (draft.Picture is not { } picture)
        {
            if (draft.Strength is not null)
                errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidParameter, "'strength' says how much of 'image' is painted anew; there is no image.", "image"));
            return request;
        }

        if (!model.Pipelines.Contains(FromPicture))
            errors.Add(ErrorCatalogue.Create(ErrorCodes.UnsupportedPipeline, $"{model.Name} paints from words only; leave 'image' out.", "image"));
        else if (picture.Length > MaxPictureBytes || !ImageHeader.TryRead(picture, out _))
            errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidParameter, FormattableString.Invariant($"'image' takes a PNG, JPEG or WebP of at most {MaxPictureBytes} bytes."), "image"));
        return request with { Picture = Convert.ToHexStringLower(SHA256.HashData(picture)), Strength = strength };
    }

    private static JobRequest CheckText(JobDraft draft, ModelPolicy model, string prompt, long seed, List<NicheError> errors)
    {
        int tokens = draft.MaxTokens ?? model.MaxTokens!.Default;
        if (!model.MaxTokens!.Contains(tokens))
            errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.MaxTokensOutOfRange, "max_tokens", model.MaxTokens.Min, model.MaxTokens.Max));
        double temperature = draft.Temperature ?? 1;
        if (!(temperature >= 0 && temperature <= MaxTemperature))
            errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "temperature", 0, MaxTemperature));
        double topP = draft.TopP ?? 1;
        if (!(topP > 0 && topP <= 1)) errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidParameter, "top_p", 0, 1));
        IReadOnlyList<string> stop = draft.Stop ?? [];
        if (stop.Count > MaxStops || stop.Any(text => text is not { Length: > 0 and <= MaxStopCharacters }))
        {
            errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidParameter,
                FormattableString.Invariant($"'stop' takes up to {MaxStops} strings of 1 to {MaxStopCharacters} characters."), "stop"));
        }

        return new JobRequest(JobKind.Text, model.Name, prompt, "", 0, 0, 0, 0, [seed], tokens, temperature, topP, stop);
    }

    private static string CheckPrompt(string? text, string parameter, int atLeast, ModelPolicy model, List<NicheError> errors)
    {
        // Length first: nothing is scanned or copied of a prompt that is refused for its size.
        if (text is null || text.Length > model.MaxPromptCharacters || text.Trim() is not { } trimmed || trimmed.Length < atLeast
            || trimmed.Any(c => char.IsControl(c) && c is not ('\n' or '\t' or '\r')) || HasLoneSurrogate(trimmed))
        {
            errors.Add(ErrorCatalogue.InvalidPrompt(parameter, model.MaxPromptCharacters));
            return "";
        }

        // One line ending only: queue messages and signatures must not depend on the platform that typed it.
        return trimmed.ReplaceLineEndings("\n");
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }
}
