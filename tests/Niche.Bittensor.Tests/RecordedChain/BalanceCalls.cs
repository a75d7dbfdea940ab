using Niche.Bittensor.Chain.Values;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>Transfers and remarks.</summary>
public static class BalanceCalls
{
    private const ulong ExistentialDeposit = 500;

    public static string? Transfer(NodeCall call)
    {
        if (call.Call["dest"] is not ScaleValue.Variant { Name: "Id" } dest) return "CannotLookup";
        var (state, to, amount) = (call.State, dest[0].AsBytes().ToArray(), call.Number("value"));
        var free = state.Free(call.Signer);
        if (free < amount + ExistentialDeposit) return "Balances.InsufficientBalance";
        state.SetAccount(call.Signer, free - amount, state.Nonce(call.Signer));
        state.SetAccount(to, state.Free(to) + amount, state.Nonce(to));
        call.Events.Add("Balances", "Transfer", new Dictionary<string, object?> { ["from"] = call.Signer, ["to"] = to, ["amount"] = amount });
        return null;
    }
}
