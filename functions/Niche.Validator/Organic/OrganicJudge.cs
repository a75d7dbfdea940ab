using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;
using Niche.Validator.Miners;
using Niche.Validator.Trusted;

namespace Niche.Validator.Organic;

/// <summary>
/// Decides before delivery: gates for every picture, the full comparison for a random part of them and for those whose likeness to the prompt
/// leaves a doubt.
/// </summary>
public sealed class OrganicJudge(PictureJudge judge, AuditShare audits)
{
    /// <summary>Judges an answer.</summary>
    public async Task<OrganicJudgement> JudgeAsync(
        MinerAnswer<string> answer, ImageRecipe recipe, string hotkey, ModelPolicy model, CancellationToken ct)
    {
        // Nothing came: counted under its own name. Availability is scored by the hidden request of the round, not by people's luck.
        if (answer.Failure is { } nothing) return new OrganicJudgement(nothing, null, nothing.Outcome == VerdictOutcome.Invalid, "");
        GateResult gate = await judge.GateAsync(answer.Content, recipe, hotkey, model.ImageBands!, ct).ConfigureAwait(false);
        if (gate.Final is { } failure) return new OrganicJudgement(failure, null, true, "");
        if (!audits.Draw(model) && !ImageGate.NeedsRerun(gate.Features!, model.ImageBands!))
            return new OrganicJudgement(Verdict.Of(VerdictOutcome.Unverified, ReasonCodes.NotSampled), gate.File, false, "");
        (Verdict verdict, string digest) = await judge.CompareAsync(gate.Features!, recipe, model.ImageBands!, ct).ConfigureAwait(false);
        return new OrganicJudgement(verdict, verdict.IsVerified ? gate.File : null, true, digest);
    }
}
