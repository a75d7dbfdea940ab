using System.CommandLine;
using System.Globalization;
using Niche.Benchmarks;
using Niche.Benchmarks.Doors;

// The other process of the axon's benchmark.
if (args is ["load", var order]) return AxonLoad.Run(order);

// Hosts start and stop inside the measurements; their news would stand in the middle of the tables.
Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "Warning");

(string Name, string What, Func<CancellationToken, Task<Measurement[]>> Run)[] all =
[
    ("queue", "Embedded queue: put, receive and delete per second.", QueueBenchmark.RunAsync),
    ("triggers", "Trigger engine: messages per second through scope, JSON and invocation.", TriggerBenchmark.RunAsync),
    ("pipeline", "Diffusion pipeline: time outside ONNX Runtime against time inside.", PipelineBenchmark.RunAsync),
    ("batch", "Diffusion pipeline: pictures painted together against one after the other.", BatchBenchmark.RunAsync),
    ("server", "Model server: queueing, health and memory under load.", ServerBenchmark.RunAsync),
    ("text", "Language models: time outside ONNX Runtime against time inside, a text checked against the same text made, texts together against alone.", TextBenchmark.RunAsync),
    ("schedulers", "Schedulers: one step of a 1024x1024 picture's latent.", SchedulerBenchmark.RunAsync),
    ("path", "Request path: API to the miner's endpoint, and back, without generation.", PathBenchmark.RunAsync),
    ("telegram", "Telegram: 10,000 updates at once by webhook, with a tenth of them repeated.", TelegramBenchmark.RunAsync),
    ("axon", "Axon: signed requests a second, their time at half that rate, and large bodies.", AxonBenchmark.RunAsync),
    ("dendrite", "Dendrite: a whole subnet asked at once.", DendriteBenchmark.RunAsync),
    ("discord", "Discord: time from a signed interaction to its acknowledgement, 50 a second.", DiscordBenchmark.RunAsync),
    ("waiting", "Waiting in chats: place and expected time as people see them, through every door with its limits.", WaitingBenchmark.RunAsync),
    ("restart", "kill -9 of the functions' process in the middle of 200 conversations.", RestartBenchmark.RunAsync),
    ("keys", "sr25519: sign and verify against libsodium's scalar multiplication.", KeyBenchmark.RunAsync),
    ("timelock", "Timelocked commits: BLS12-381 pairing and multiplications, one thread.", TimelockBenchmark.RunAsync),
];

Argument<string?> which = new("which") { Description = "One of: " + string.Join(", ", all.Select(one => one.Name)) + ". Without it all run.", Arity = ArgumentArity.ZeroOrOne };
RootCommand root = new("Measures the numbers that the project promises. Run in Release on an idle machine; compare ratios, not machines.") { which };
root.SetAction(async (parsed, ct) =>
{
    string? wanted = parsed.GetValue(which);
    foreach ((string name, string what, Func<CancellationToken, Task<Measurement[]>> run) in all.Where(one => wanted is null || one.Name == wanted))
    {
        Console.WriteLine($"\n### {name}\n\n{what}\n\n| what | measured | goal |\n|---|---|---|");
        foreach (Measurement measurement in await run(ct).ConfigureAwait(false))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measurement.What} | {measurement.Value} | {measurement.Goal} |"));
    }
});
return await root.Parse(args).InvokeAsync();
