using Microsoft.Extensions.Hosting;
using Niche.Functions.Api;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.AddValidatorApp(new Dictionary<string, string?> { ["Storage:Kind"] = "azure" });
await builder.Build().RunAsync();
