using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>A whole subnet with terminal chat, and one operator.</summary>
public sealed class AccountSubnet(SharedSubnet shared) : IAsyncLifetime
{
    private const string Root = "0000000000000000000000000r";

    private TerminalVisitor _root = null!;

    public SmallSubnet Subnet { get; private set; } = null!;

    public HttpClient Http => Subnet.Http;

    public async ValueTask InitializeAsync()
    {
        Subnet = await SmallSubnet.StartAsync(
            shared.Endpoint.Address, true, "Bots:Terminal=true", "Bots:OpenOrders=50", "Bots:PicturesPerHour=1000", $"Bots:Operators:0=terminal:{Root}", "Bots:DeniedWords:0=gore");
        await Subnet.WhenReadyAsync();
        _root = new TerminalVisitor(Http, Root);
    }

    public ValueTask DisposeAsync() => Subnet.DisposeAsync();

    /// <summary>The operator does something.</summary>
    public Task<JsonNode> AdminAsync(string arguments) => _root.SayAsync("/admin " + arguments);

    /// <summary>A person with a key.</summary>
    public async Task<(TerminalVisitor Person, KeyedClient Api)> PersonAsync()
    {
        TerminalVisitor person = new(Http);
        return (person, new KeyedClient(Http, await person.KeyAsync()));
    }
}
