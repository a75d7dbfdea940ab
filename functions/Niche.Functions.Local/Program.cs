using Microsoft.Extensions.Hosting;
using Niche.Functions.Local;

await LocalFunctionsHost.Build(args).RunAsync();
