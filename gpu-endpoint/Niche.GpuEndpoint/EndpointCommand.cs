using System.CommandLine;
using Niche.GpuEndpoint.Access;
using Niche.GpuEndpoint.Benchmarking;
using Niche.GpuEndpoint.Calibration;
using Niche.GpuEndpoint.ImageUrls;
using Niche.GpuEndpoint.Models;
using Niche.GpuEndpoint.Providers;
using Niche.GpuEndpoint.Repository;
using Niche.GpuEndpoint.Safety;
using Niche.Inference.Models;
using Niche.Inference.Providers;

namespace Niche.GpuEndpoint;

/// <summary>The command line of the endpoint. Every option falls back to an environment variable.</summary>
internal static class EndpointCommand
{
    private static readonly EndpointOptions Defaults = new();

    private static readonly Option<string[]> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by ';'. [NICHE_ENDPOINT_URLS]",
        DefaultValueFactory = _ => [Variable("URLS") ?? string.Join(';', Defaults.Urls)],
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string> ModelsFolder = new("--models")
    {
        Description = "Folder whose sub-folders are models. [NICHE_ENDPOINT_MODELS]",
        DefaultValueFactory = _ => Variable("MODELS") ?? Defaults.ModelsDirectory,
    };

    private static readonly Option<int> Threads = BoundedOption.Create(
        "--threads", "Threads inside one operator; 0 for half of the logical processors. [NICHE_ENDPOINT_THREADS]",
        0, 256, 0, "NICHE_ENDPOINT_THREADS");

    private static readonly Option<int> Queue = BoundedOption.Create(
        "--queue", "Requests of one kind that may wait; more are answered 429. [NICHE_ENDPOINT_QUEUE]",
        0, 10_000, Defaults.Queue, "NICHE_ENDPOINT_QUEUE");

    private static readonly Option<int> Batch = BoundedOption.Create(
        "--batch", "Waiting pictures of one shape that are painted together; keep 1 where pictures are judged. [NICHE_ENDPOINT_BATCH]",
        1, 64, Defaults.Batch, "NICHE_ENDPOINT_BATCH");

    private static readonly Option<int> TextBatch = BoundedOption.Create(
        "--text-batch", "Texts that are made at the same time; those of one model share its runs. [NICHE_ENDPOINT_TEXT_BATCH]",
        1, 256, Defaults.TextBatch, "NICHE_ENDPOINT_TEXT_BATCH");

    private static readonly Option<int> Passed = BoundedOption.Create(
        "--passed", "Texts of pass-through models that are made at the same time. [NICHE_ENDPOINT_PASSED]",
        1, 10_000, Defaults.Passed, "NICHE_ENDPOINT_PASSED");

    private static readonly Option<int> Watch = BoundedOption.Create(
        "--watch", "Seconds between two looks for models that came to or went from the folder; 0 never looks. [NICHE_ENDPOINT_WATCH]",
        0, 86_400, 0, "NICHE_ENDPOINT_WATCH");

    private static readonly Option<string> Only = new("--only")
    {
        Description = "Kinds to serve, separated by ',': image, text, embedding. [NICHE_ENDPOINT_ONLY]",
        DefaultValueFactory = _ => Variable("ONLY") ?? "image,text,embedding",
    };

    private static readonly Option<FileInfo?> KeyFile = new("--api-key-file")
    {
        Description = "File with the key that clients must send; without it everybody may ask. [NICHE_ENDPOINT_API_KEY: the key itself]",
    };

    public static RootCommand Build()
    {
        var root = new RootCommand("Serves diffusion, language and embedding models over HTTP in the stock miner's contract.")
        {
            Urls, ModelsFolder, Threads, Queue, Batch, TextBatch, Passed, Watch, Only, KeyFile, CalibrateCommand.Build(ModelsFolder, Threads), ModelsCommand.Build(ModelsFolder), BenchCommand.Build(ModelsFolder),
        };
        ModelsFolder.Recursive = Threads.Recursive = true;
        ProviderFlags.AddTo(root);
        SafetyFlags.AddTo(root);
        PictureUrlFlags.AddTo(root);
        Only.Validators.Add(result =>
        {
            if (Kinds(result.GetValueOrDefault<string>()) is null) result.AddError("--only takes image, text and embedding, separated by ','.");
        });
        KeyFile.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<FileInfo?>() is { Exists: false } file) result.AddError($"--api-key-file: {file.FullName} does not exist.");
        });
        root.SetAction(ServeAsync);
        return root;
    }

    private static EndpointOptions Read(ParseResult parsed) => new()
    {
        Urls = [.. parsed.GetRequiredValue(Urls).SelectMany(url => url.Split(';', StringSplitOptions.RemoveEmptyEntries))],
        ModelsDirectory = parsed.GetRequiredValue(ModelsFolder),
        Threads = parsed.GetRequiredValue(Threads),
        Provider = ProviderFlags.Read(parsed),
        Queue = parsed.GetRequiredValue(Queue),
        Batch = parsed.GetRequiredValue(Batch),
        TextBatch = parsed.GetRequiredValue(TextBatch),
        Passed = parsed.GetRequiredValue(Passed),
        Watch = TimeSpan.FromSeconds(parsed.GetRequiredValue(Watch)),
        Safety = SafetyFlags.Read(parsed),
        ImageUrls = PictureUrlFlags.Read(parsed),
        ApiKey = KeyText(parsed.GetValue(KeyFile)) is { } key ? ApiKey.Of(key) : null,
        Only = Kinds(parsed.GetRequiredValue(Only))!,
    };

    private static string? KeyText(FileInfo? file) => file is null ? Variable("API_KEY") : File.ReadAllText(file.FullName);

    private static async Task<int> ServeAsync(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var app = EndpointHost.Build(Read(parsed));
            await app.StartAsync(cancellation);
            Console.WriteLine($"niche-endpoint listens on {string.Join(' ', app.Urls)}");
            await app.WaitForShutdownAsync(cancellation);
            return app.Services.GetRequiredService<ModelStore>().Failure is null ? 0 : 1;
        }
        catch (ModelFolderException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
        catch (ProviderException e)
        {
            await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
            return 1;
        }
        catch (ArgumentException e) when (e.ParamName == "key")
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private static ModelKind[]? Kinds(string? text)
    {
        var names = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return names.Length > 0 && names.All(name => Enum.TryParse<ModelKind>(name, ignoreCase: true, out var kind) && kind != ModelKind.Safety)
            ? [.. names.Select(name => Enum.Parse<ModelKind>(name, ignoreCase: true)).Distinct()]
            : null;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable($"NICHE_ENDPOINT_{name}");
}
