using CsCheck;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Submission;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Tests.Chain.Subtensor;

/// <summary>Answers of a node changed at random: nothing but results and typed errors comes of it, in time.</summary>
public sealed class ChainFuzzTests : IDisposable
{
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(60);
    private readonly Keypair _alice = Keypair.FromUri("//Alice");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _alice.Dispose();

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Reading(string scheme)
    {
        await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), [scheme], configure: LyingChainTests.Quick);
        var client = network.Client;
        await client.GetBurnAsync(1, Ct); // The metadata has a test of its own.
        Func<Task>[] reads =
        [
            () => client.GetMetagraphAsync(1, Ct), () => client.GetFullMetagraphAsync(1, Ct), () => client.GetHyperparametersAsync(1, Ct),
            () => client.GetEpochStorageAsync(1, Ct), () => client.GetBalanceAsync(_alice.Address, Ct), () => client.GetEventsAsync(0, Ct),
            async () => await (await client.GetStateAsync(Ct)).GetMapAsync("SubtensorModule", "Keys", [1], 100, Ct),
        ];
        await Gen.Select(Gen.Int[0, reads.Length - 1], Gen.Int[0, 8], Spoiling).SampleAsync(
            async (which, after, spoil) =>
            {
                var left = after;
                network.Nodes[0].Spoil = (_, text) => Interlocked.Decrement(ref left) < 0 ? spoil(text) : text;
                var ended = await Record.ExceptionAsync(() => reads[which]().WaitAsync(InTime, Ct));
                Assert.True(ended is null or SubtensorException, ended?.ToString());
            },
            iter: 150,
            threads: 1);
    }

    [Fact]
    public async Task Metadata()
    {
        _ = RealMetadata.DevV15; // Skips here where it is absent, not inside of the property.
        await Gen.Select(Gen.Int[40, 500_000], Gen.Int[0, 15], Gen.Bool).SampleAsync(
            async (at, digit, cut) =>
            {
                await using var network = await StubNetwork.StartAsync(SubtensorReadTests.Populated(), ["http"], configure: LyingChainTests.Quick);
                network.Nodes[0].Spoil = (method, text) => method != "state_call" ? text : cut ? text[..at] + "\"}" : text[..at] + digit.ToString("x", null) + text[(at + 1)..];
                var ended = await Record.ExceptionAsync(() => network.Client.GetMetagraphAsync(1, Ct).WaitAsync(InTime, Ct));
                Assert.True(ended is null or SubtensorException, ended?.ToString());
            },
            iter: 15,
            threads: 1);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("ws")]
    public async Task Submitting(string scheme)
    {
        await using var network = await StubNetwork.StartAsync(new StubChain { BlockOnSubmit = true }, [scheme], configure: options =>
        {
            LyingChainTests.Quick(options);
            options.InclusionTimeout = TimeSpan.FromMilliseconds(60);
        });
        var remark = CallDraft.Of("System", "remark", ("remark", new byte[] { 1 }));
        await Gen.Select(Gen.Int[0, 14], Gen.Int[1, 3], Spoiling).SampleAsync(
            async (after, times, spoil) =>
            {
                var (left, last) = (after, -times);
                network.Nodes[0].Spoil = (_, text) => Interlocked.Decrement(ref left) is var now && now < 0 && now >= last ? spoil(text) : text;
                var result = await network.Client.SubmitAsync(remark, _alice, Ct).WaitAsync(InTime, Ct);
                Assert.Equal(result.Success, result.Error is null);
            },
            iter: 80,
            threads: 1);
    }

    /// <summary>Cuts, doubles, overwrites with odd characters, or turns digits, somewhere in the text.</summary>
    private static Gen<Func<string, string>> Spoiling => Gen.Select(Gen.Double[0, 1], Gen.Int[0, 30], Gen.Char[' ', 'ÿ'].Array[0, 8], Gen.Int[0, 4]).Select(Spoil);

    private static Func<string, string> Spoil(double place, int length, char[] put, int how) => text =>
    {
        var at = (int)(place * (text.Length - 1));
        var (head, rest) = (text[..at], text[Math.Min(text.Length, at + length)..]);
        var spoiled = how switch
        {
            0 => head,
            1 => head + text[at..Math.Min(text.Length, at + length)] + text[at..],
            2 => head + new string(put) + rest,
            3 => head + new string([.. text[at..Math.Min(text.Length, at + length)].Select(c => char.IsAsciiHexDigit(c) ? "f0871"[c % 5] : c)]) + rest,
            _ => text.Replace("0x", put.Length % 2 == 0 ? "0xff" : "", StringComparison.Ordinal),
        };
        return spoiled.Length == 0 ? " " : spoiled;
    };
}
