using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Axons;

/// <summary><c>niche axon serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        ChainArguments chain = new();
        Option<int> port = new("--port") { Description = "TCP port; 0 lets the system choose.", DefaultValueFactory = _ => 8091 };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535) result.AddError("--port takes 0 to 65535.");
        });
        Option<string> listen = new("--listen") { Description = "Address to listen on: 127.0.0.1, 0.0.0.0, ...", DefaultValueFactory = _ => "127.0.0.1" };
        listen.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError("--listen takes an IP address.");
        });
        Option<string?> external = new("--external-ip") { Description = "Address to announce on the chain. Without it nothing is announced." };
        Option<int?> externalPort = new("--external-port") { Description = "Port to announce; the one listened on unless told." };
        Command command = new("serve", """
            Serves a demonstration axon until Ctrl+C: it answers pings, and Echo with the text it was sent. Every call is shown. With
            --external-ip it announces itself on the chain, so that validators find it.

            Examples:
              niche axon serve --wallet miner --hotkey one
              niche axon serve --listen 0.0.0.0 --port 8091 --external-ip 203.0.113.7 --netuid 23
            """) { port, listen, external, externalPort };
        chain.AddTo(command);
        wallet.AddTo(command, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            using var hotkey = await wallet.HotkeyAsync(parsed, shell, ct);
            IPEndPoint local = new(IPAddress.Parse(parsed.GetRequiredValue(listen)), parsed.GetValue(port));
            await using var app = DemoAxon.Build(local, hotkey, View(shell, parsed), shell.Time);
            await app.StartAsync(ct);
            var address = new Uri(app.Urls.First());
            if (parsed.GetValue(CommandAction.Json)) shell.Event(new { @event = "listening", url = address, hotkey = hotkey.Address });
            else shell.Line($"Listening on {address} as {hotkey.Address}. Ctrl+C stops it.");
            if (parsed.GetValue(external) is { } ip)
            {
                AxonEndpoint axon = new(ip, parsed.GetValue(externalPort) ?? address.Port, hotkey.Address);
                await AnnounceAsync(chain, parsed, shell, axon, hotkey, ct);
            }

            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, shell.Time, ct);
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how this command ends.
            }

            await app.StopAsync(CancellationToken.None);
            return ExitCode.Done;
        });
    }

    private static async Task AnnounceAsync(ChainArguments chain, ParseResult parsed, Shell shell, AxonEndpoint axon, Keypair hotkey, CancellationToken ct)
    {
        await using var access = chain.Open(parsed, shell);
        var result = await access.Chain.ServeAxonAsync(chain.Netuid(parsed), axon, hotkey, ct);
        if (!result.Success) throw new CommandException(ExitCode.Refused, "refused", $"The chain did not take the announcement: {result.Error}");
        if (parsed.GetValue(CommandAction.Json))
            shell.Event(new { @event = "announced", axon.Ip, axon.Port, netuid = chain.Netuid(parsed), block = result.Block });
        else
            shell.Line($"Announced {axon.Ip}:{axon.Port} in subnet {chain.Netuid(parsed)}.");
    }

    private static Action<DemoCall> View(Shell shell, ParseResult parsed) => parsed.GetValue(CommandAction.Json)
        ? call => shell.Event(new { @event = "call", call.Time, call.Synapse, call.Hotkey, ip = call.Ip?.ToString() })
        : call => shell.Line($"{call.Time:HH:mm:ss}  {call.Synapse,-8}  {call.Hotkey}  {call.Ip}");
}
