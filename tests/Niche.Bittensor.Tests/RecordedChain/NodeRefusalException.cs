using System.Globalization;

namespace Niche.Bittensor.Tests.RecordedChain;

/// <summary>A JSON-RPC error of the node.</summary>
public sealed class NodeRefusalException(int code, string message, string? data = null) : Exception(message)
{
    public int Code { get; } = code;

    public string? Words { get; } = data;

    public static NodeRefusalException InvalidParams(string why) => new(-32602, "Invalid params", why);

    /// <summary>Why the pool does not take an extrinsic, in the words of chopsticks (as recorded) or of a real node.</summary>
    public static NodeRefusalException Invalid(string variant, bool chopsticks, byte? custom = null)
    {
        var value = custom is { } code ? code.ToString(CultureInfo.InvariantCulture) : "null";
        return chopsticks ? new(1010, $$$"""1010: {"invalid":{"{{{variant}}}":{{{value}}}}}""") : new(1010, "Invalid Transaction", variant switch
        {
            "badProof" => "Transaction has a bad signature",
            "stale" => "Transaction is outdated",
            "future" => "Transaction will be valid in the future",
            "payment" => "Inability to pay some fees (e.g. account balance too low)",
            "ancientBirthBlock" => "Transaction has an ancient birth block",
            _ => $"Custom error: {value}",
        });
    }
}
