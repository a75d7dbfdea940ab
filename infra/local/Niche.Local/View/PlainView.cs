using System.Globalization;
using Niche.Functions.Api;
using Niche.Local.Api;
using Niche.Local.Supervision;
using Niche.Subnet.Verification;
using Niche.Validator.Judging;

namespace Niche.Local.View;

/// <summary>The subnet at work, a line for each thing that happened: for logs and for terminals that cannot redraw.</summary>
internal sealed class PlainView(BoxApi api, BoxPlan plan, TextWriter output) : IBoxView
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, DateTimeOffset> _shown = new(StringComparer.Ordinal);
    private string _weights = "";
    private long? _firstRound;
    private long _round;

    /// <inheritdoc/>
    public async Task RunAsync(Func<NetworkBody, bool> enough, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            if (await api.LookAsync(ct).ConfigureAwait(false) is { } network)
            {
                await ShowAsync(network).ConfigureAwait(false);
                if (enough(network)) return;
            }

            await Task.Delay(Poll, ct).ConfigureAwait(false);
        }
    }

    private async Task ShowAsync(NetworkBody network)
    {
        if (network.Round is { } round && round.Number != _round)
        {
            _round = round.Number;
            _firstRound ??= _round;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {_round - _firstRound + 1}: {round.Planned} requests")).ConfigureAwait(false);
        }

        foreach (NetworkMiner miner in network.Miners) await ShowVerdictsAsync(miner).ConfigureAwait(false);
        string weights = string.Join("  ", network.Miners.Select(miner => $"{NameOf(miner)} {Words.Percent(miner.Weight)}"));
        if (weights == _weights || network.Miners.All(miner => miner.Weight == 0)) return;
        _weights = weights;
        await output.WriteLineAsync("weights: " + weights).ConfigureAwait(false);
    }

    private async Task ShowVerdictsAsync(NetworkMiner miner)
    {
        DateTimeOffset last = _shown.GetValueOrDefault(miner.Hotkey);
        foreach (RecentVerdict verdict in miner.Recent.Reverse().Where(verdict => verdict.At > last))
        {
            _shown[miner.Hotkey] = verdict.At;
            if (verdict.Outcome == VerdictOutcome.Unverified) continue;
            string reward = verdict.Score is { } score ? string.Create(CultureInfo.InvariantCulture, $", reward {score:0.00}") : "";
            await output.WriteLineAsync(
                $"uid {miner.Uid} {NameOf(miner)}: {verdict.Outcome.ToString().ToLowerInvariant()} ({Words.Reason(verdict.Outcome, verdict.Reason)}){reward}").ConfigureAwait(false);
        }
    }

    private string NameOf(NetworkMiner miner) => plan.NameOf(miner.Hotkey) ?? "stranger";
}
