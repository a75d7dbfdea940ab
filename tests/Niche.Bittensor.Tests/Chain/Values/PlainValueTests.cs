using System.Numerics;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain.Values;

/// <summary>What callers may hand over, and how they are told what they may not.</summary>
public class PlainValueTests
{
    private const string Bob = "5D2FPLtZVpSYjpyCwmrkw4PRxVYMgMUifV3YdRdA59T1NaAH";

    private static RuntimeMetadata Metadata => RealMetadata.Finney;

    [Fact]
    public void Integers_of_every_dotnet_type_and_decimal_text_are_the_same()
    {
        object[] sevens = [(byte)7, (sbyte)7, (short)7, (ushort)7, 7, 7U, 7L, 7UL, (BigInteger)7, (UInt128)7, (Int128)7, "7", new ScaleValue.Number(7)];
        foreach (var seven in sevens)
            Assert.Equal("0x07600700" + new string('1', 64), Hex(ChainCall.Encode(Metadata, "SubtensorModule", "commit_weights", seven, "0x" + new string('1', 64))));
    }

    [Fact]
    public void An_account_is_an_address_or_a_key_and_a_multi_address_is_that_too()
    {
        var key = Ss58.Decode(Bob);
        object[] accounts = [Bob, key, new ReadOnlyMemory<byte>(key), new ScaleValue.Account(key), "0x" + Convert.ToHexString(key)];
        var expected = Hex(ChainCall.Encode(Metadata, "SubtensorModule", "burned_register", 7, Bob));
        foreach (var account in accounts) Assert.Equal(expected, Hex(ChainCall.Encode(Metadata, "SubtensorModule", "burned_register", 7, account)));

        object[] addresses = [Bob, key, new ScaleValue.Account(key), KeyValuePair.Create<string, object?>("Id", Bob), new Dictionary<string, object?> { ["Id"] = key }];
        var transfer = Hex(ChainCall.Encode(Metadata, "Balances", "transfer_keep_alive", addresses[0], 5));
        foreach (var address in addresses) Assert.Equal(transfer, Hex(ChainCall.Encode(Metadata, "Balances", "transfer_keep_alive", address, 5)));
    }

    [Fact]
    public void Lists_may_be_arrays_lists_or_any_sequence()
    {
        ushort[] uids = [1, 2, 3];
        object[] lists = [uids, new List<ushort>(uids), uids.Select(uid => (int)uid), uids.Cast<object?>().ToArray(), new ScaleValue.Sequence([.. uids.Select(uid => new ScaleValue.Number(uid))])];
        var expected = Hex(ChainCall.Encode(Metadata, "SubtensorModule", "set_weights", 7, uids, uids, 0));
        foreach (var list in lists) Assert.Equal(expected, Hex(ChainCall.Encode(Metadata, "SubtensorModule", "set_weights", 7, list, list, 0)));
    }

    [Fact]
    public void Calls_within_calls_are_variants_by_name()
    {
        var inner = KeyValuePair.Create<string, object?>("System", KeyValuePair.Create<string, object?>("remark", new Dictionary<string, object?> { ["remark"] = "0x0102" }));
        var batch = ChainCall.Encode(Metadata, "Utility", "batch", new object?[] { new[] { inner } });
        var read = DecodedCall.Read(Metadata, batch.Data);
        Assert.Equal("""[{"System":{"remark":{"remark":"0x0102"}}}]""", ScaleValueJson.Render(read["calls"]));
    }

    [Fact]
    public void Null_is_none_and_a_variant_without_fields_is_its_name()
    {
        var proxy = ChainCall.Encode(Metadata, "Proxy", "proxy", Bob, null, KeyValuePair.Create<string, object?>("System", KeyValuePair.Create<string, object?>("remark", "0x")));
        Assert.Equal(new ScaleValue.Optional(null), DecodedCall.Read(Metadata, proxy.Data)["force_proxy_type"]);
        var typed = ChainCall.Encode(Metadata, "Proxy", "proxy", Bob, "Any", KeyValuePair.Create<string, object?>("System", KeyValuePair.Create<string, object?>("remark", "0x")));
        Assert.Equal("\"Any\"", ScaleValueJson.Render(DecodedCall.Read(Metadata, typed.Data)["force_proxy_type"]));
    }

    public static readonly TheoryData<string, object?[], string, string> Wrong = new()
    {
        { "set_weights", [70000, Array.Empty<int>(), Array.Empty<int>(), 0], "SubtensorModule.set_weights.netuid", "u16" },
        { "set_weights", [-1, Array.Empty<int>(), Array.Empty<int>(), 0], "SubtensorModule.set_weights.netuid", "-1" },
        { "set_weights", [1, new[] { 1, 70000 }, Array.Empty<int>(), 0], "SubtensorModule.set_weights.dests[1]", "70000" },
        { "set_weights", [1, "no list", Array.Empty<int>(), 0], "SubtensorModule.set_weights.dests", "Vec<u16>" },
        { "set_weights", [1, Array.Empty<int>(), null, 0], "SubtensorModule.set_weights.weights", "null" },
        { "set_weights", [1, Array.Empty<int>(), Array.Empty<int>(), 1.5], "SubtensorModule.set_weights.version_key", "1.5" },
        { "set_weights", [1], "SubtensorModule.set_weights", "version_key: u64" },
        { "commit_weights", [1, "0x1234"], "SubtensorModule.commit_weights.commit_hash", "32 bytes" },
        { "commit_weights", [1, "0xzz"], "SubtensorModule.commit_weights.commit_hash", "0xzz" },
        { "burned_register", [1, "5nonsense"], "SubtensorModule.burned_register.hotkey", "SS58" },
        { "burned_register", [1, new byte[31]], "SubtensorModule.burned_register.hotkey", "32 bytes" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_argument_is_named_with_what_it_is_and_what_it_should_be(string call, object?[] arguments, string where, string says)
    {
        var error = Assert.Throws<ScaleFormatException>(() => ChainCall.Encode(Metadata, "SubtensorModule", call, arguments));
        Assert.Equal(where, error.Where);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_and_unknown_names_are_told_with_the_fields_there_are()
    {
        var missing = Assert.Throws<ScaleFormatException>(() => ChainCall.Encode(Metadata, "SubtensorModule", "burned_register", new Dictionary<string, object?> { ["netuid"] = 1 }));
        Assert.Contains("hotkey: AccountId32", missing.Message, StringComparison.Ordinal);
        var unknown = Assert.Throws<ScaleFormatException>(
            () => ChainCall.Encode(Metadata, "SubtensorModule", "burned_register", new Dictionary<string, object?> { ["netuid"] = 1, ["hotkey"] = Bob, ["coldkey"] = Bob }));
        Assert.Contains("coldkey", unknown.Message, StringComparison.Ordinal);
        var variant = Assert.Throws<ScaleFormatException>(() => ChainCall.Encode(Metadata, "Proxy", "add_proxy", Bob, "Registratio", 0));
        Assert.Contains("Registration", variant.Expected, StringComparison.Ordinal);
    }

    private static string Hex(ChainCall call) => "0x" + Convert.ToHexStringLower(call.Data.Span);
}
