using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>Makes the plan for a weight vector from what the chain said. Only salts and locks are drawn at random.</summary>
public static class WeightPlanner
{
    private const string Pallet = "SubtensorModule";

    // The chain's bound on a timelocked commit.
    private const int MaxCommitBytes = 5000;

    /// <summary>The plan.</summary>
    /// <param name="metadata">The runtime's.</param>
    /// <param name="terms">What the chain says.</param>
    /// <param name="request">The vector.</param>
    /// <param name="publicKey">The hotkey, 32 bytes.</param>
    /// <param name="preferred">The way of committing to take where the runtime has both.</param>
    /// <param name="canHash">False where nothing keeps the salt of a hashed commit.</param>
    /// <exception cref="SubtensorException">The runtime has no call that does it, or its numbers make no sense.</exception>
    public static WeightPlan Plan(
        RuntimeMetadata metadata, WeightTerms terms, WeightRequest request, ReadOnlySpan<byte> publicKey, WeightMethod preferred, bool canHash)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentNullException.ThrowIfNull(request);
        request = request with { VersionKey = Math.Max(request.VersionKey, terms.Rules.WeightsVersionKey) };
        var choice = WeightCallChoice.Choose(
            name => metadata.FindCall(Pallet, name) is not null, terms.Rules.CommitRevealEnabled, request.Mechanism, preferred, canHash);
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["netuid"] = request.Netuid };
        if (choice.Call.TakesMechanism) arguments["mecid"] = request.Mechanism;
        List<WeightObjection> objections = [.. WeightPreflight.Check(request, terms)];
        var plan = new WeightPlan(choice, arguments, new ChainCall(Pallet, choice.Call.Name, default), objections, terms.Block);
        switch (choice.Call.Method)
        {
            case WeightMethod.Set:
                arguments["dests"] = request.Uids;
                arguments["weights"] = request.Values;
                arguments["version_key"] = request.VersionKey;
                break;
            case WeightMethod.Timelock:
                plan = Lock(plan, terms, request, publicKey, arguments, objections);
                break;
            default:
                plan = Hash(plan, terms, request, publicKey, arguments, objections);
                break;
        }

        return plan with { Call = ChainCall.Encode(metadata, Pallet, choice.Call.Name, arguments) };
    }

    /// <summary>The call that reveals a commit.</summary>
    /// <exception cref="InvalidDataException">The commit was not made by this library.</exception>
    public static CallDraft Reveal(WeightCommit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var call = WeightCall.All.FirstOrDefault(one => one.Name == commit.Call);
        var name = call?.Reveal ?? throw new InvalidDataException($"A stored commit was sent with {commit.Call}, which nothing reveals.");
        var request = commit.Request;
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["netuid"] = request.Netuid,
            ["uids"] = request.Uids,
            ["values"] = request.Values,
            ["salt"] = commit.Salt,
            ["version_key"] = request.VersionKey,
        };
        if (call.TakesMechanism) arguments["mecid"] = request.Mechanism;
        return new CallDraft(Pallet, name, arguments);
    }

    private static WeightPlan Lock(
        WeightPlan plan, WeightTerms terms, WeightRequest request, ReadOnlySpan<byte> publicKey, Dictionary<string, object?> arguments,
        List<WeightObjection> objections)
    {
        var call = plan.Choice.Call;
        WeightsPayload payload = new(call.CarriesHotkey ? publicKey.ToArray() : default, request.Uids, request.Values, request.VersionKey);
        var revealBlock = FirstReveal(terms, objections) - (call.RevealsOnce ? 1UL : 0);
        var round = revealBlock is null
            ? 0
            : Numbers(() => RevealRound.For(terms.Epochs!, terms.Block, terms.Rules.CommitRevealPeriod, terms.Time, call.RevealsOnce));
        if (revealBlock is not null && round < terms.LastDrandRound)
        {
            objections.Add(new("InvalidRevealRound", FormattableString.Invariant(
                $"The reveal would be drand round {round}, but the chain already has round {terms.LastDrandRound}; wait for the next epoch.")));
        }

        var commit = TimelockCipher.Encrypt(payload.Encode(), round).ToBytes();
        if (commit.Length > MaxCommitBytes)
        {
            objections.Add(new("CommitTooLong", FormattableString.Invariant(
                $"The locked commit has {commit.Length} bytes, but the chain takes {MaxCommitBytes}; weigh fewer neurons, or commit a hash.")));
        }

        arguments["commit"] = commit;
        arguments["reveal_round"] = round;
        if (call.TakesVersion) arguments["commit_reveal_version"] = terms.CommitRevealVersion;
        return plan with { RevealRound = round, RevealBlock = revealBlock };
    }

    private static WeightPlan Hash(
        WeightPlan plan, WeightTerms terms, WeightRequest request, ReadOnlySpan<byte> publicKey, Dictionary<string, object?> arguments,
        List<WeightObjection> objections)
    {
        var commit = WeightCommit.Create(request, publicKey, plan.Choice.Call.Name, terms.Block);
        arguments["commit_hash"] = commit.Hash;
        return plan with { RevealBlock = FirstReveal(terms, objections), Commit = commit };
    }

    private static ulong? FirstReveal(WeightTerms terms, List<WeightObjection> objections)
    {
        if (terms.Epochs is { } epochs) return Numbers(() => epochs.FirstRevealBlock(terms.Block, terms.Rules.CommitRevealPeriod));
        objections.Add(new("NoEpochs", "The subnet's tempo is 0: it never runs an epoch, and nothing committed would ever be revealed."));
        return null;
    }

    private static T Numbers<T>(Func<T> compute)
    {
        try
        {
            return compute();
        }
        catch (Exception fault) when (fault is ArgumentOutOfRangeException or OverflowException)
        {
            throw new SubtensorException(SubtensorError.Malformed, $"The subnet's epochs make no sense: {fault.Message}", fault);
        }
    }
}
