using System.CommandLine;
using System.CommandLine.Parsing;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Keys;
using Niche.Miner.Configuration;
using Niche.Subnet.Policy;

namespace Niche.Miner;

/// <summary>The command line of a miner; also of programs that host a variant of one.</summary>
public static class MinerCommand
{
    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. Loopback unless told.",
        DefaultValueFactory = _ => ["http://127.0.0.1:8091"],
    };

    private static readonly Option<string[]> Endpoints = new("--endpoint")
    {
        Description = "Base URL of a GPU endpoint; may be given several times.",
        DefaultValueFactory = _ => ["http://127.0.0.1:10006"],
    };

    private static readonly Option<string> Chain = new("--chain") { Description = $"The chain: {ChainAddress.Form}.", Required = true };

    private static readonly Option<FileInfo?> HotkeyFile = new("--hotkey-file")
    {
        Description = $"File with the hotkey's mnemonic or secret URI, or a key file of btwallet; without it the variable {HotkeySecret.Variable} is read.",
    };

    private static readonly Option<ushort> Netuid = new("--netuid") { Description = "Subnet number.", DefaultValueFactory = _ => 23 };

    private static readonly Option<int> TotalVolume = Number("--total-volume", "Requests per interval for all validators.", 40, 1, 1_000_000);

    private static readonly Option<int> MaxConcurrent = Number("--max-concurrent", "Requests at work at once.", 4, 1, 1024);

    private static readonly Option<double?> Interval = new("--interval") { Description = "Quota interval in seconds; the policy's unless told." };

    private static readonly Option<string?> ExternalIp = new("--external-ip") { Description = "IP address to publish on the chain; without it nothing is published." };

    private static readonly Option<int?> ExternalPort = new("--external-port") { Description = "Port to publish; the listening one unless told." };

    private static readonly Option<DirectoryInfo?> Data = new("--data")
    {
        Description = "Folder for the nonces of the last minute, so that no request can be replayed after a restart; one miner per folder.",
    };

    private static readonly Option<bool> BehindProxy = new("--behind-proxy")
    {
        Description = "Callers come through a proxy: connections and wrong signatures are not limited by address.",
    };

    private static readonly Option<FileInfo?> Policy = new("--policy") { Description = "Policy document; the built-in one unless told." };

    /// <summary>A root command that serves what <paramref name="build"/> makes of the options.</summary>
    /// <param name="description">First line of the help.</param>
    /// <param name="build">Builds the application.</param>
    public static RootCommand Build(string description, Func<ParseResult, MinerOptions, WebApplication> build)
    {
        var root = new RootCommand(description)
        {
            Urls, Endpoints, Chain, HotkeyFile, Netuid, TotalVolume, MaxConcurrent, Interval, ExternalIp, ExternalPort, Data, BehindProxy, Policy,
        };
        Interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is { } seconds and not (>= 1 and <= 86_400)) result.AddError("--interval takes 1 to 86400 seconds.");
        });
        Endpoints.Validators.Add(result => CheckUrls(result, "--endpoint", result.GetValueOrDefault<string[]>()));
        Chain.Validators.Add(result =>
        {
            if (!ChainAddress.TryParse(result.GetValueOrDefault<string>(), out _)) result.AddError($"--chain takes {ChainAddress.Form}.");
        });
        root.SetAction((parsed, ct) => ServeAsync(parsed, build, ct));
        return root;
    }

    private static async Task<int> ServeAsync(ParseResult parsed, Func<ParseResult, MinerOptions, WebApplication> build, CancellationToken ct)
    {
        try
        {
            using var hotkey = HotkeySecret.Load(
                Environment.GetEnvironmentVariable(HotkeySecret.Variable), parsed.GetValue(HotkeyFile), Environment.GetEnvironmentVariable(HotkeySecret.PasswordVariable));
            await using var app = build(parsed, await ReadAsync(parsed, hotkey, ct));
            await app.StartAsync(ct);
            Console.WriteLine($"niche-miner {hotkey.Address} listens on {string.Join(' ', app.Urls)}");
            await app.WaitForShutdownAsync(ct);
            return 0;
        }
        catch (Exception fault) when (fault is KeyFormatException or Niche.Subnet.Errors.NicheException or IOException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    private static async Task<MinerOptions> ReadAsync(ParseResult parsed, Keypair hotkey, CancellationToken ct) => new()
    {
        Hotkey = hotkey,
        Endpoints = [.. parsed.GetRequiredValue(Endpoints).Select(url => new Uri(url))],
        Chain = ChainAddress.Parse(parsed.GetRequiredValue(Chain)),
        Urls = [.. parsed.GetRequiredValue(Urls).SelectMany(url => url.Split(';', StringSplitOptions.RemoveEmptyEntries))],
        Netuid = parsed.GetRequiredValue(Netuid),
        TotalVolume = parsed.GetRequiredValue(TotalVolume),
        MaxConcurrent = parsed.GetRequiredValue(MaxConcurrent),
        Interval = parsed.GetValue(Interval) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        ExternalIp = parsed.GetValue(ExternalIp),
        ExternalPort = parsed.GetValue(ExternalPort),
        BehindProxy = parsed.GetValue(BehindProxy),
        DataFolder = parsed.GetValue(Data)?.FullName,
        Policy = parsed.GetValue(Policy) is { } file ? PolicyJson.Read(await File.ReadAllBytesAsync(file.FullName, ct)).Require() : DefaultPolicy.Load(),
    };

    private static void CheckUrls(OptionResult result, string name, string[]? urls)
    {
        if (urls is null || !urls.All(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            result.AddError($"{name} takes a URL such as http://127.0.0.1:10006.");
    }

    private static Option<int> Number(string name, string description, int otherwise, int min, int max)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            var value = result.GetValueOrDefault<int>();
            if (value < min || value > max) result.AddError($"{name} takes {min} to {max}.");
        });
        return option;
    }
}
