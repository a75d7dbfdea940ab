using System.Text.Json;
using Niche.Bittensor.Axon;
using Niche.Miner.Admission;
using Niche.Miner.Status;
using Niche.Miner.Work;
using Niche.Subnet.Synapses;

namespace Niche.Miner.Serving;

/// <summary>Attaches the subnet's synapses to the axon.</summary>
internal sealed class SynapseHandlers(
    WorkRunner runner, OrderReader orders, IMinerWork work, InformationHandler information, FrontDesk desk, Tally tally)
{
    public void Attach(AxonOptions axon)
    {
        axon.KnownHotkeys = Knows;
        axon.Attach<Information>(information.HandleAsync, Blacklist<Information>, Priority);
        axon.Attach<ImageGenerating>(PaintAsync, Blacklist<ImageGenerating>, Priority);
        axon.Attach<TextGenerating>(WriteAsync, StreamAsync, WantsStream, Blacklist<TextGenerating>, Priority);
    }

    private Task<AxonReply<ImageGenerating>> PaintAsync(ImageGenerating synapse, AxonCaller caller, CancellationToken ct) =>
        runner.RunAsync(
            caller,
            timeout => orders.Read(synapse, timeout),
            async (order, token) => synapse with { Image = await work.PaintAsync(order, token) },
            ct);

    private Task<AxonReply<TextGenerating>> WriteAsync(TextGenerating synapse, AxonCaller caller, CancellationToken ct) =>
        runner.RunAsync(
            caller,
            timeout => orders.Read(synapse, timeout),
            async (order, token) => synapse with { PromptOutput = await work.WriteAsync(order, token) },
            ct);

    private Task<AxonStreamReply> StreamAsync(TextGenerating synapse, AxonCaller caller, CancellationToken ct) =>
        runner.StreamAsync<TextGenerating, TextOrder>(caller, timeout => orders.Read(synapse, timeout), work.StreamAsync, ct);

    private static bool WantsStream(TextGenerating synapse) =>
        synapse.RequestDict.ValueKind == JsonValueKind.Object
        && synapse.RequestDict.TryGetProperty("stream", out var stream)
        && stream.ValueKind == JsonValueKind.True;

    private ValueTask<BlacklistDecision> Blacklist<T>(AxonCaller caller, CancellationToken ct)
    {
        var decision = desk.Decide(caller);
        if (decision.Refused) tally.Note(typeof(T).Name, WorkOutcome.Forbidden, TimeSpan.Zero);
        return ValueTask.FromResult(decision);
    }

    // Strangers can make as many keys as they like; each is turned away before its signature costs anything.
    private bool Knows(string hotkey)
    {
        var known = desk.Knows(hotkey);
        if (!known) tally.Note("any", WorkOutcome.Forbidden, TimeSpan.Zero);
        return known;
    }

    private double Priority(AxonCaller caller) => desk.StakeOf(caller);
}
