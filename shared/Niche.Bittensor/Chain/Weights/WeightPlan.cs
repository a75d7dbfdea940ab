using System.Globalization;
using System.Text;
using Niche.Bittensor.Chain.Extrinsics;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>Exactly what would be sent for a weight vector, and why; nothing was sent.</summary>
/// <param name="Choice">The call, and why this one.</param>
/// <param name="Arguments">Its arguments by name.</param>
/// <param name="Call">The call as it would be signed.</param>
/// <param name="Objections">Why the chain would refuse it; empty when it would not.</param>
/// <param name="Block">The block that the plan was made from.</param>
public sealed record WeightPlan(
    WeightCallChoice Choice, IReadOnlyDictionary<string, object?> Arguments, ChainCall Call, IReadOnlyList<WeightObjection> Objections, ulong Block)
{
    private const int ShownItems = 16;

    /// <summary>The drand round that opens a timelocked commit; null otherwise.</summary>
    public ulong? RevealRound { get; init; }

    /// <summary>The first block of the epoch in which a commit is revealed; null for weights that are set.</summary>
    public ulong? RevealBlock { get; init; }

    /// <summary>What must be kept before a hashed commit is sent; null otherwise.</summary>
    public WeightCommit? Commit { get; init; }

    /// <summary>True unless the chain is sure to refuse it.</summary>
    public bool MaySend => !Objections.Any(objection => objection.IsCertain);

    /// <summary>The plan for people, a line each.</summary>
    public string Describe()
    {
        StringBuilder text = new();
        Line($"call: {Call.Pallet}.{Call.Name}");
        Line($"why: {Choice.Reason}");
        foreach (var (name, value) in Arguments) Line($"  {name}: {Shown(value)}");
        if (RevealBlock is { } block) Line($"revealed from: block {block}, by {Choice.Call.Reveal ?? "the chain"}");
        if (RevealRound is { } round) Line($"opened by: drand round {round}, {Timelock.DrandQuicknet.TimeOf(round):u}");
        Line($"encoded: 0x{Convert.ToHexStringLower(Call.Data.Span)}");
        Line($"as of: block {Block}");
        foreach (var objection in Objections) Line($"{(objection.IsCertain ? "refused" : "may be refused")}: {objection}");
        if (MaySend) Line($"nothing was sent");
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(FormattableString.Invariant(line));
    }

    private static string Shown(object? value) => value switch
    {
        byte[] bytes => $"0x{Convert.ToHexStringLower(bytes)}",
        IReadOnlyList<ushort> list when list.Count <= ShownItems => $"[{string.Join(", ", list)}]",
        IReadOnlyList<ushort> list => $"[{string.Join(", ", list.Take(ShownItems))}, ... {list.Count} in all]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
