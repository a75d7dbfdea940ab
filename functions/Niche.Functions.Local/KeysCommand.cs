using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.Accounts;
using Niche.Bots.People;
using Niche.Storage;

namespace Niche.Functions.Local;

/// <summary>API keys for operators: on the storage itself, also while a validator runs on it.</summary>
internal static class KeysCommand
{
    /// <summary>The command <c>keys create|list|revoke</c>.</summary>
    public static Command Create()
    {
        Argument<string> name = new("name") { Description = "Who or what it is for." }, id = new("id") { Description = "The key's beginning, or its 16 characters." };
        Command create = new("create", "Makes a key with an account of its own, and prints it: nothing can show it again.") { name };
        Command list = new("list", "Every key: its beginning, whose, what for, since when, last used.");
        Command revoke = new("revoke", "Makes a key void.") { id };
        create.SetAction((parsed, ct) => RunAsync(parsed, async services =>
        {
            (_, string secret) = await services.GetRequiredService<OperatorKeys>().CreateAsync(parsed.GetRequiredValue(name), null, ct);
            Console.WriteLine(secret);
            return 0;
        }));
        list.SetAction((parsed, ct) => RunAsync(parsed, async services =>
        {
            await foreach (ApiKey key in services.GetRequiredService<ApiKeyStore>().ListAllAsync(ct))
            {
                string used = key.UsedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Prefix}  {key.Owner.Key}  {key.Name}  {key.CreatedAt.UtcDateTime:yyyy-MM-dd}  {used}"));
            }

            return 0;
        }));
        revoke.SetAction((parsed, ct) => RunAsync(parsed, async services =>
        {
            bool revoked = await services.GetRequiredService<OperatorKeys>().RevokeAsync(parsed.GetRequiredValue(id), ct) is not null;
            if (!revoked) await Console.Error.WriteLineAsync("There is no such key.");
            return revoked ? 0 : 1;
        }));
        Command keys = new("keys", "API keys. Settings of the storage as for the validator: Storage:Kind, Storage:Path, ...") { create, list, revoke };
        foreach (Command command in (Command[])[keys, create, list, revoke]) command.TreatUnmatchedTokensAsErrors = false;
        return keys;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, Task<int>> work)
    {
        IConfiguration settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. parsed.UnmatchedTokens]).Build();
        await using ServiceProvider services = new ServiceCollection().AddSingleton(TimeProvider.System).AddNicheStorage(settings)
            .AddSingleton<PersonStore>().AddSingleton<QuotaStore>().AddSingleton<AccountStore>().AddSingleton<ApiKeyStore>().AddSingleton<OperatorKeys>().BuildServiceProvider();
        try
        {
            return await work(services);
        }
        catch (StorageException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
