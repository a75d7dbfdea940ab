using Niche.Bittensor.Chain.Rpc;

namespace Niche.Bittensor.Tests.Chain.Rpc;

public class RpcEndpointTests
{
    [Theory]
    [InlineData("finney", "wss://entrypoint-finney.opentensor.ai:443", true)]
    [InlineData("test", "wss://test.finney.opentensor.ai:443", true)]
    [InlineData("local", "ws://127.0.0.1:9944", true)]
    [InlineData("https://node.example/rpc/secret", "https://node.example:443", false)]
    [InlineData("http://u:p@[::1]:99/x?y#z", "http://[::1]:99", false)]
    public void Names_and_addresses_are_read(string text, string name, bool webSocket)
    {
        var endpoint = RpcEndpoint.Parse(text);
        Assert.Equal((name, webSocket), (endpoint.Name, endpoint.IsWebSocket));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Finney")]
    [InlineData("ftp://u:p@host")]
    [InlineData("127.0.0.1:9944")]
    [InlineData("ws://")]
    public void Anything_else_is_refused_without_repeating_it(string? text)
    {
        Assert.False(RpcEndpoint.TryParse(text, out _));
        var fault = Assert.Throws<FormatException>(() => RpcEndpoint.Parse(text!));
        Assert.DoesNotContain("u:p", fault.Message, StringComparison.Ordinal);
    }
}
