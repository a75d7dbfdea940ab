using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Niche.Functions.Api.Accounts;
using Niche.Functions.Api.Bots;
using Niche.Functions.Api.Document;
using Niche.Validator;

namespace Niche.Functions.Api;

/// <summary>The wiring that both heads share: the validator behind the functions, Studio's files, the API's description.</summary>
public static class ValidatorApp
{
    /// <summary>Adds everything that the function classes ask for.</summary>
    /// <param name="builder">The head's builder.</param>
    /// <param name="defaults">Settings of the head that files, environment and command line override.</param>
    public static void AddValidatorApp(this FunctionsApplicationBuilder builder, IReadOnlyDictionary<string, string?> defaults)
    {
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddNicheValidator(builder.Configuration);
        builder.Services.AddValidatorBots(builder.Configuration);
        builder.Services.AddSingleton(new StudioFiles(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        builder.Services.AddSingleton<ApiDocument>();
        builder.Services.AddOptions<ApiOptions>().BindConfiguration(ApiOptions.Section);
        builder.Services.AddSingleton<CallerReader>().AddSingleton<PictureAddresses>().AddSingleton<JobAccess>().AddSingleton<AccountOrders>().AddSingleton<AccountReader>();
    }
}
