using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Niche.Functions.Api;
using Niche.Triggers.Queues;

namespace Niche.Functions.Local;

/// <summary>The validator as one ordinary process: the same function classes as in Azure, driven by the embedded trigger engine.</summary>
public static class LocalFunctionsHost
{
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["Schedules:SyncMetagraph"] = "00:01:00",
        ["Schedules:RefreshCapacity"] = "00:01:00",
        ["Schedules:QueryRound"] = "0 */10 * * * *",
        ["Schedules:SetWeights"] = "00:01:00",
        ["Schedules:Housekeeping"] = "0 15 3 * * *",
        ["Schedules:BotUpkeep"] = "0 5 * * * *",
        ["Validator:SoleInstance"] = "true",
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        ["Logging:LogLevel:Niche.Triggers"] = "Warning",
    };

    /// <summary>Builds the host; settings come from the environment and the command line, the defaults fit a laptop.</summary>
    public static IHost Build(string[] args, Action<FunctionsApplicationBuilder>? configure = null)
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
        builder.AddValidatorApp(Defaults);
        builder.Local.UseFunctionsFrom(typeof(LocalFunctionsHost).Assembly);
        builder.Services.AddSingleton<IQueueTransport, StorageQueueTransport>();
        builder.Services.AddSingleton<IPoisonSink, PoisonTable>();
        builder.Services.AddHostedService<Resume>();
        configure?.Invoke(builder);
        return builder.Build();
    }
}
