using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Niche.Bots.Discord;
using Niche.Bots.Telegram;
using Niche.Storage;
using Niche.Subnet.Errors;
using Niche.Subnet.Policy;

namespace Niche.Bots.Host;

/// <summary>The process that receives: desk, gateway and polling on the validator's storage.</summary>
public static class BotHost
{
    /// <summary>Builds the host; null when no token is set.</summary>
    public static IHost? Build(string[] args)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(args);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        IConfiguration configuration = builder.Configuration;
        builder.Services.AddNicheStorage(configuration).AddSingleton(_ => LoadPolicy(configuration)).AddBotDesk();
        bool discord = builder.Services.AddDiscordBot(configuration);
        if (discord) builder.Services.AddDiscordGateway();
        bool telegram = !string.IsNullOrWhiteSpace(configuration["Telegram:Token"]);
        builder.Services.AddTelegramBot(configuration).AddTelegramPolling();
        return discord || telegram ? builder.Build() : null;
    }

    // The same document as the validator's: ranges and model names must mean the same on both sides.
    private static SubnetPolicy LoadPolicy(IConfiguration configuration)
    {
        if (configuration["Validator:PolicyFile"] is not { Length: > 0 } file) return DefaultPolicy.Load();
        Result<SignedPolicy> signed = SignedPolicy.Parse(File.ReadAllBytes(file), [Convert.FromHexString(configuration["Validator:PolicyKey"] ?? "")]);
        return signed.Require().Policy;
    }
}
