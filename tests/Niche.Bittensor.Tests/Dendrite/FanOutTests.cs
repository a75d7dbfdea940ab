using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Tests.Axon;

namespace Niche.Bittensor.Tests.Dendrite;

public sealed class FanOutTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private readonly Keypair _hotkey = Keypair.FromUri("//Alice");
    private readonly HttpClient _http = new(DendriteClient.CreateHandler());

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _hotkey.Dispose();
    }

    [Fact]
    public async Task The_deadline_of_all_ends_those_that_run_and_those_that_still_wait()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var asked = new TaskCompletionSource();
        await using var silent = new RawServer((_, ct) => Task.Delay(Timeout.Infinite, ct));
        await using var silentToo = new RawServer((_, ct) =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, ct);
        });
        await using var good = await AxonHost.StartAsync(options => options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        var dendrite = new DendriteClient(_hotkey, _http, time, new DendriteOptions { MaxConcurrentCalls = 2 });
        var calling = dendrite.CallManyAsync(
            [good.Endpoint, silent.Endpoint, silentToo.Endpoint, silent.Endpoint, silent.Endpoint], new Echo { Text = "x" }, Long, Ct, TimeSpan.FromSeconds(1));

        // Two run at once: the third is asked once the first has answered.
        await asked.Task;
        time.Advance(TimeSpan.FromSeconds(1));
        var results = await calling;
        Assert.Equal([200, 408, 408, 408, 408], results.Select(result => result.StatusCode));
        Assert.All(results.Skip(1), result => Assert.Equal(SynapseOutcome.Timeout, result.Outcome));
        Assert.Equal("Request timeout after 1.0 seconds", results[1].StatusMessage);
        Assert.All(results.Skip(3), result => Assert.Equal("The deadline of all calls passed before this one began", result.StatusMessage));
    }

    [Fact]
    public async Task A_whole_metagraph_is_called_but_for_oneself_and_those_who_serve_nothing()
    {
        await using var axon = await AxonHost.StartAsync(options => options.Attach<Echo>((echo, _, _) => Task.FromResult(AxonReply.Success(echo))));
        Neuron[] neurons =
        [
            NeuronOf(0, axon.Hotkey.Address, axon.Endpoint),
            NeuronOf(1, "5Nothing", null),
            NeuronOf(2, _hotkey.Address, axon.Endpoint),
            NeuronOf(3, "5Elsewhere", axon.Endpoint with { Hotkey = "5Elsewhere" }),
        ];
        var results = await new DendriteClient(_hotkey, _http, TimeProvider.System).CallManyAsync(new Metagraph(23, 1, neurons), new Echo { Text = "x" }, Long, Ct);
        Assert.Equal([(axon.Hotkey.Address, 200), ("5Elsewhere", 401)], results.Select(result => (result.Axon.Hotkey, result.StatusCode)));
    }

    private static Neuron NeuronOf(ushort uid, string hotkey, AxonEndpoint? axon) => new(uid, hotkey, "5Owner", axon, 1, false, true, 1, 1, 0);
}
