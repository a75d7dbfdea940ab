using Niche.Validator.Network;
using Niche.Validator.Synthetic;
using Niche.Validator.Upkeep;
using Niche.Validator.Weights;

namespace Niche.Functions;

/// <summary>What the validator does by the clock. The schedules are settings, so that a laptop can run a round a minute.</summary>
public sealed class TimerFunctions(
    MetagraphSync metagraph, CapacityRefresh capacity, RoundStarter rounds, WeightSetter weights, Housekeeping housekeeping)
{
    [Function("SyncMetagraph")]
    public Task SyncMetagraph([TimerTrigger("%Schedules:SyncMetagraph%")] TimerInfo timer, CancellationToken ct) => metagraph.RunAsync(ct);

    [Function("RefreshCapacity")]
    public Task RefreshCapacity([TimerTrigger("%Schedules:RefreshCapacity%")] TimerInfo timer, CancellationToken ct) => capacity.RunAsync(ct);

    [Function("QueryRound")]
    public Task QueryRound([TimerTrigger("%Schedules:QueryRound%")] TimerInfo timer, CancellationToken ct) => rounds.RunAsync(ct);

    [Function("SetWeights")]
    public Task SetWeights([TimerTrigger("%Schedules:SetWeights%")] TimerInfo timer, CancellationToken ct) => weights.RunAsync(ct);

    [Function("Housekeeping")]
    public Task Housekeep([TimerTrigger("%Schedules:Housekeeping%")] TimerInfo timer, CancellationToken ct) => housekeeping.RunAsync(ct);
}
