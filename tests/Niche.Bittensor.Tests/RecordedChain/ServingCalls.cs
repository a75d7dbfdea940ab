using System.Numerics;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>serve_axon: where a hotkey can be reached.</summary>
public static class ServingCalls
{
    private static readonly BigInteger LoopbackV4 = 0x7F000001, BroadcastV4 = uint.MaxValue, MaxV6 = (BigInteger.One << 128) - 1;

    public static string? Serve(NodeCall call)
    {
        if (Check(call) is { } refused) return refused.Error;
        string[] names = ["version", "ip", "port", "ip_type", "protocol", "placeholder1", "placeholder2"];
        var axon = names.ToDictionary(name => name, name => (object?)call.Call[name]);
        axon["block"] = call.Block;
        call.State.Set("Axons", axon, call.Netuid, call.Signer);
        call.Events.Add(NodeState.Subtensor, "AxonServed", new object[] { call.Netuid, call.Signer });
        return null;
    }

    /// <summary>The error of the call, with the code that the pool has for it.</summary>
    public static (string Error, byte Custom)? Check(NodeCall call)
    {
        if (call.SignerUid is null) return ("HotKeyNotRegisteredInNetwork", 10);
        var (type, ip) = (call.Number("ip_type"), call.Call["ip"].AsInteger());
        if (type is not (4 or 6)) return ("InvalidIpType", 11);
        var reachable = type == 4 ? ip <= uint.MaxValue && ip != LoopbackV4 && ip != BroadcastV4 : ip != 0 && ip != 1 && ip != MaxV6;
        if (!reachable) return ("InvalidIpAddress", 11);
        if (call.Number("port") == 0) return ("InvalidPort", 13);
        var before = call.State.Get(NodeState.Subtensor, "Axons", call.Netuid, call.Signer) is { } axon ? (ulong)axon["block"].AsInteger() : 0;
        return before != 0 && call.Block - before < call.State.Number("ServingRateLimit", call.Netuid) ? ("ServingRateLimitExceeded", 12) : null;
    }
}
