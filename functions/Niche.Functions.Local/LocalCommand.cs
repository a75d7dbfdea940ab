using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Niche.Storage;
using Niche.Validator.Configuration;

namespace Niche.Functions.Local;

/// <summary>The command line: run the validator, or give poisoned messages another chance.</summary>
internal static class LocalCommand
{
    /// <summary>The root command. Whatever it does not know is a setting, such as <c>--urls</c> or <c>--Storage:Path</c>.</summary>
    public static RootCommand Create()
    {
        RootCommand root = new("""
            The validator as one process: API and Studio on http://127.0.0.1:7071 (--urls), timers and queues.
            Settings come from the environment or as --Name:Key VALUE: Validator:HotkeySecret (environment only, please) or Validator:HotkeyFile,
            Validator:ChainEndpoint (finney, wss://...;wss://..., or the http:// address of a ledger), Validator:CommitBy, Validator:ReferenceEndpoint, Storage:Kind (embedded, azure), Storage:Path, Schedules:QueryRound, ...
            To see a whole subnet at work without any of them: dotnet run --project infra/local/Niche.Local
            """)
        { Replay(), KeysCommand.Create() };
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction((parsed, ct) => ServeAsync([.. parsed.UnmatchedTokens], ct));
        return root;
    }

    private static async Task<int> ServeAsync(string[] settings, CancellationToken ct)
    {
        using IHost host = LocalFunctionsHost.Build(settings);
        try
        {
            // Asked for here, so that what is missing is a list for people and not the stack trace of a host that failed to start.
            _ = host.Services.GetRequiredService<IOptions<ValidatorOptions>>().Value;
        }
        catch (OptionsValidationException e)
        {
            foreach (string failure in e.Failures) await Console.Error.WriteLineAsync(failure);
            return 1;
        }

        await host.RunAsync(ct);
        return 0;
    }

    private static Command Replay()
    {
        Argument<string> queue = new("queue") { Description = "organic-jobs, synthetic-jobs, score-jobs or deliveries." };
        Option<int> max = new("--max") { Description = "Most messages to move.", DefaultValueFactory = _ => int.MaxValue };
        Command command = new("replay", "Moves messages from QUEUE-poison back to QUEUE, once the cause is removed. Table 'poison' holds the reasons.") { queue, max };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(async (parsed, ct) =>
        {
            IConfiguration settings = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine([.. parsed.UnmatchedTokens]).Build();
            await using ServiceProvider services = new ServiceCollection().AddNicheStorage(settings).BuildServiceProvider();
            try
            {
                int moved = await services.GetRequiredService<QueueReplay>().RunAsync(parsed.GetRequiredValue(queue), parsed.GetValue(max), ct);
                Console.WriteLine($"{moved} messages moved.");
                return 0;
            }
            catch (StorageException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }
}
