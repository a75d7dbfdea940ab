using Niche.EndToEnd.Tests.Rig;
using Niche.FunctionsHost;
using Niche.Storage.Tests.Azure;

namespace Niche.EndToEnd.Tests.Azure;

/// <summary>A subnet whose validator is the Azure head: the official worker in its own process, its storage in Azurite.</summary>
public sealed class AzureSubnet : IAsyncDisposable
{
    private readonly RoleSubnet _subnet;
    private readonly AzuriteProcess _azurite;

    private AzureSubnet(RoleSubnet subnet, AzuriteProcess azurite) => (_subnet, _azurite) = (subnet, azurite);

    public HttpClient Http => _subnet.Http;

    public string Storage => _azurite.ConnectionString;

    public static async Task<AzureSubnet> StartAsync(int miners)
    {
        if (Head() is null) Assert.Skip("The Azure head is not built: run 'dotnet build functions/Niche.Functions' (its packages are not in every registry).");
        if (AzuriteProcess.WhyMissing() is { } reason) Assert.Skip(reason);
        AzuriteProcess azurite = await AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);
        return new AzureSubnet(await RoleSubnet.StartAsync(miners), azurite);
    }

    /// <summary>Starts the head and waits until it would take a job.</summary>
    public async Task<WorkerHost> StartHeadAsync()
    {
        Dictionary<string, string> settings = new(_subnet.ValidatorSettings)
        {
            ["Storage__Kind"] = "azure",
            ["Schedules__SyncMetagraph"] = "*/2 * * * * *",
            ["Schedules__RefreshCapacity"] = "*/2 * * * * *",
            ["Schedules__QueryRound"] = "0 0 0 1 1 *",
            ["Schedules__SetWeights"] = "0 0 0 1 1 *",
            ["Schedules__Housekeeping"] = "0 0 0 1 1 *",
            ["Schedules__BotUpkeep"] = "0 0 0 1 1 *",
        };
        WorkerHost host = await WorkerHost.StartAsync(Head()!, Storage, settings, TestContext.Current.CancellationToken);
        try
        {
            await ReadyAsync(host);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _subnet.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    private Task ReadyAsync(WorkerHost host)
    {
        string said = "";
        return Until.TrueAsync(async () =>
        {
            using HttpResponseMessage ready = await Http.GetAsync(new Uri(host.Address, "health/ready"), TestContext.Current.CancellationToken);
            said = await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            return ready.IsSuccessStatusCode;
        }, () => $"{said}\n{host.Output}");
    }

    // Built into the same folder of artifacts as everything else.
    private static string? Head()
    {
        string beside = AppContext.BaseDirectory.Replace("Niche.EndToEnd.Tests", "Niche.Functions", StringComparison.Ordinal);
        string app = Path.Combine(beside, "Niche.Functions.dll");
        return File.Exists(app) && File.Exists(Path.Combine(beside, "functions.metadata")) ? app : null;
    }
}
