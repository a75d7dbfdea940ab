using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Niche.Bots.Host;

try
{
    using IHost? host = BotHost.Build(args);
    if (host is null)
    {
        await Console.Error.WriteLineAsync("""
            Set Discord__Token, Telegram__Token or both. Without any token the bots can be tried in a terminal:
            dotnet run --project infra/local/Niche.Local -- chat
            """);
        return 1;
    }

    await host.RunAsync();
    return 0;
}
catch (OptionsValidationException e)
{
    foreach (string failure in e.Failures) await Console.Error.WriteLineAsync(failure);
    return 1;
}
