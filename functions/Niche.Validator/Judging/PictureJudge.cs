using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Trusted;

namespace Niche.Validator.Judging;

/// <summary>
/// Looks at pictures of strangers: cheap gates first, then against the reference of the validator's own endpoint.
/// Errors: <see cref="TrustedEndpointException"/> when that endpoint fails; then nobody may be blamed.
/// </summary>
public sealed class PictureJudge(TrustedEndpoint trusted, ReferenceCache references, IReplayIndex replays, TimeProvider time)
{
    /// <summary>The gates that every picture passes before anybody sees it: form, size, blankness, whether it shows what was asked for, and
    /// whether it was delivered before for something else.</summary>
    /// <param name="base64">The miner's answer.</param>
    /// <param name="recipe">What was asked for.</param>
    /// <param name="hotkey">Who answered.</param>
    /// <param name="bands">Limits.</param>
    /// <param name="ct">Stops.</param>
    public async Task<GateResult> GateAsync(string? base64, ImageRecipe recipe, string hotkey, ImageBands bands, CancellationToken ct)
    {
        ImageGateResult form = ImageGate.Check(base64, new ImageSize(recipe.Width, recipe.Height), bands);
        if (!form.Passed) return new GateResult(form.Verdict, null, null);
        ImageFeatures? features = await trusted.ReadFeaturesAsync(form.File.Bytes, recipe.Prompt, ct).ConfigureAwait(false);
        if (features is null) return new GateResult(Verdict.Of(VerdictOutcome.Invalid, ReasonCodes.Undecodable), form.File, null);
        Verdict? failure = ImageGate.CheckFeatures(features, bands);
        ReplayKey key = new(form.File.Sha256(), features.DHash, features.PHash, recipe.NoiseDigest(), hotkey, time.GetUtcNow());
        ReplayKey? hit = await replays.FindAsync(key, ct).ConfigureAwait(false);
        if (hit is null) await replays.RememberAsync(key, ct).ConfigureAwait(false);
        else failure = ReplayRule.Apply(failure ?? Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled), hit);
        return new GateResult(failure, form.File, features);
    }

    /// <summary>Holds features against the reference made with the same recipe.</summary>
    /// <returns>The verdict, and the digest of the reference model.</returns>
    public async Task<(Verdict Verdict, string ModelDigest)> CompareAsync(
        ImageFeatures candidate, ImageRecipe recipe, ImageBands bands, CancellationToken ct)
    {
        Reference reference = await references.GetAsync(recipe, ct).ConfigureAwait(false);
        return (ImageVerifier.Compare(reference.Features, candidate, bands), reference.ModelDigest);
    }
}
