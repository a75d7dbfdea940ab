using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Chain.Ledger;
using Niche.Bittensor.Keys;

namespace Niche.EndToEnd.Tests.Rig;

/// <summary>A subnet of single processes, each of which the test can kill and start again; only the ledger lives in the test's own.</summary>
public sealed class RoleSubnet : IAsyncDisposable
{
    private const ushort Netuid = 23;
    private const string Validator = "//end to end//validator";
    private readonly Folder _folder = new();
    private readonly List<BoxProgram> _programs = [];
    private readonly Uri _reference = Address(Ports.Free());
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private LedgerState? _state;
    private WebApplication? _ledger;
    private Uri _chain = new("http://127.0.0.1:1");

    public string Storage => _folder.In("storage");

    public HttpClient Http => _http;

    /// <summary>Settings of a validator of this subnet, spelt as environment variables.</summary>
    public IReadOnlyDictionary<string, string> ValidatorSettings => new Dictionary<string, string>
    {
        ["Validator__HotkeySecret"] = Validator,
        ["Validator__ChainEndpoint"] = _chain.ToString(),
        ["Validator__ReferenceEndpoint"] = _reference.ToString(),
        ["Validator__OrganicAudit"] = "1",
        ["Validator__MaxSyntheticPerMiner"] = "1",
    };

    public Uri Api { get; private set; } = new("http://127.0.0.1:1");

    public List<RoleMiner> Miners { get; } = [];

    /// <summary>Further settings of the validator, made when it starts: by then its address is known.</summary>
    public Func<Uri, IReadOnlyDictionary<string, string>> Settings { get; set; } = _ => new Dictionary<string, string>();

    public static async Task<RoleSubnet> StartAsync(int miners)
    {
        RoleSubnet subnet = new();
        await subnet.StartLedgerAsync();
        subnet.Run(["role", "endpoint", "--urls", subnet._reference.ToString()]);
        for (int i = 0; i < miners; i++) await subnet.StartMinerAsync(i);
        await subnet.OkAsync(new Uri(subnet._reference, "/health/ready"));
        foreach (RoleMiner miner in subnet.Miners) await subnet.OkAsync(new Uri(miner.Axon, "/health/ready"));
        return subnet;
    }

    /// <summary>Starts the validator on the storage, and waits until all miners are known to it.</summary>
    public async Task<BoxProgram> StartFunctionsAsync()
    {
        Api = Address(Ports.Free());
        BoxProgram functions = Run(["role", "functions", "--urls", Api.ToString()], new Dictionary<string, string>(ValidatorSettings.Concat(Settings(Api)))
        {
            ["Bots__Terminal"] = "true",
            ["Storage__Path"] = Storage,
            ["Schedules__SyncMetagraph"] = "00:00:02",
            ["Schedules__RefreshCapacity"] = "00:00:02",
        });
        await OkAsync(new Uri(Api, "health/ready"));
        return functions;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (BoxProgram program in _programs) await program.DisposeAsync();
        _http.Dispose();
        if (_ledger is not null) await _ledger.DisposeAsync();
        _state?.Dispose();
        _folder.Dispose();
    }

    private async Task StartLedgerAsync()
    {
        SubnetHyperparameters rules = LedgerOptions.DefaultRules with { ServingRateLimit = 1 };
        LedgerOptions options = new() { Path = _folder.In("ledger.json"), Subnets = new Dictionary<ushort, SubnetHyperparameters> { [Netuid] = rules } };
        _state = await LedgerState.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _ledger = builder.Build();
        _ledger.MapLedger(_state);
        await _ledger.StartAsync(TestContext.Current.CancellationToken);
        _chain = new Uri(_ledger.Urls.Single());
        await RegisterAsync(Validator, 100_000, permit: true);
    }

    private async Task StartMinerAsync(int index)
    {
        string secret = string.Create(CultureInfo.InvariantCulture, $"//end to end//miner//{index}");
        string hotkey = await RegisterAsync(secret, 10, permit: false);
        Uri axon = Address(Ports.Free()), endpoint = Address(Ports.Free());
        BoxProgram program = Run(
            ["role", "miner", "--kind", "honest", "--urls", Bare(axon), "--endpoint-urls", Bare(endpoint), "--chain", _chain.ToString(), "--round", "600"],
            new Dictionary<string, string> { ["NICHE_HOTKEY"] = secret });
        Miners.Add(new RoleMiner(hotkey, axon, program));
    }

    private async Task<string> RegisterAsync(string secret, double stake, bool permit)
    {
        using Keypair hotkey = Keypair.FromUri(secret);
        using HttpClient http = new() { BaseAddress = _chain };
        ExtrinsicResult result = await new LedgerClient(http, TimeProvider.System)
            .RegisterAsync(Netuid, hotkey, stake, permit, TestContext.Current.CancellationToken);
        Assert.Null(result.Error);
        return hotkey.Address;
    }

    private BoxProgram Run(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        BoxProgram program = BoxProgram.Start(arguments, settings);
        _programs.Add(program);
        return program;
    }

    private Task OkAsync(Uri address) => Until.TrueAsync(
        async () =>
        {
            try
            {
                using HttpResponseMessage response = await _http.GetAsync(address, TestContext.Current.CancellationToken);
                return response.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return _programs.Any(program => program.HasExited && program == _programs[^1]) ? throw new InvalidOperationException(_programs[^1].Output) : false;
            }
        },
        () => $"{address} did not become ready:\n{string.Join("\n---\n", _programs.Select(program => program.Output))}");

    private static Uri Address(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    private static string Bare(Uri address) => address.ToString().TrimEnd('/');
}
