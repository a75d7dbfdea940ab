using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Chain.Rpc;
using Niche.Bittensor.Chain.Subtensor;
using Niche.Bittensor.Tests.Chain.Weights;
using Niche.Bittensor.Tests.RecordedChain;

namespace Niche.Bittensor.Tests.Chain;

public class ChainAddressTests
{
    [Theory]
    [InlineData("finney", 1)]
    [InlineData("wss://a.example:443/key; ws://127.0.0.1:9944 ;test", 3)]
    public void Names_and_sockets_are_nodes_of_subtensor(string text, int nodes)
    {
        var address = ChainAddress.Parse(text);
        Assert.Null(address.Ledger);
        Assert.Equal(nodes, address.Nodes.Count);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9944")]
    [InlineData("https://ledger.example/")]
    public void A_web_address_is_a_ledger(string text)
    {
        var address = ChainAddress.Parse(text);
        Assert.Equal(new Uri(text), address.Ledger);
        Assert.Empty(address.Nodes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("mainnet")]
    [InlineData("ftp://a.example")]
    [InlineData("ws://")]
    [InlineData("http://127.0.0.1:1;http://127.0.0.1:2")]
    [InlineData("wss://a.example;http://127.0.0.1:2")]
    public void Anything_else_is_refused_with_what_is_taken(string? text)
    {
        Assert.False(ChainAddress.TryParse(text, out _));
        Assert.Contains("finney", Assert.Throws<FormatException>(() => ChainAddress.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_secret_in_an_address_is_not_shown()
    {
        Assert.Equal("wss://a.example:443; ws://127.0.0.1:9944", ChainAddress.Parse("wss://me:secret@a.example/secret;local").ToString());
        Assert.Equal("http://127.0.0.1:9944", ChainAddress.Parse("http://127.0.0.1:9944/?key=secret").ToString());
    }

    [Fact]
    public async Task A_socket_leads_to_the_real_client_and_a_web_address_to_the_ledgers()
    {
        await using var network = await WeightNetwork.StartAsync(NodeOptions.Dev293, commitReveal: false);
        using var http = new HttpClient(HttpRpcConnection.CreateHandler());
        await using var chain = Assert.IsType<SubtensorClient>(ChainAddress.Parse(network.Server.WebSocket.ToString()).Connect(http, TimeProvider.System));
        var graph = await chain.GetMetagraphAsync(WeightNetwork.Netuid, TestContext.Current.CancellationToken);
        Assert.Equal(network.Hotkey.Address, graph.Neurons[1].Hotkey);

        using var other = new HttpClient();
        Assert.IsType<LedgerClient>(ChainAddress.Parse("http://127.0.0.1:1").Connect(other, TimeProvider.System));
        Assert.Equal(new Uri("http://127.0.0.1:1"), other.BaseAddress);
    }
}
