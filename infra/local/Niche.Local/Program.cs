using System.CommandLine;
using Niche.Bots.Terminal.Client;
using Niche.Local;
using Niche.Local.Roles;

Option<string?> prompt = new("--prompt") { Description = "Paint this prompt, print the receipt and leave. Without it the box stays and shows what happens." };
Option<string?> output = new("--out") { Description = "Where the PNG of --prompt goes.", DefaultValueFactory = _ => "picture.png" };
Option<long?> seed = new("--seed") { Description = "Seed of --prompt; the same seed gives the same picture." };
Option<int> interval = new("--interval") { Description = "Length of a round in seconds (600 on the real subnet).", DefaultValueFactory = _ => 60 };
Option<int> rounds = new("--rounds") { Description = "Leave after so many rounds; 0 stays until Ctrl+C." };
Option<string?> data = new("--data") { Description = "Folder that keeps jobs, pictures, scores and keys for the next start. Without it nothing is kept." };
Option<int> port = new("--port") { Description = "Port of the API and Studio on 127.0.0.1.", DefaultValueFactory = _ => 7071 };
Option<bool> plain = new("--plain") { Description = "Lines instead of the live view, as when the output is not a terminal." };
interval.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 5 or > 3600) result.AddError("--interval takes 5 to 3600 seconds.");
});
port.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() is < 1 or > 65535) result.AddError("--port takes 1 to 65535.");
});

Command chat = ChatCommand.Create(Console.In, Console.Out, !Console.IsOutputRedirected, Environment.GetEnvironmentVariable, TimeProvider.System);
RootCommand root = new("""
    The subnet in a box: a validator, a reference endpoint and three miners on this machine, with a real diffusion model on the CPU.
    One miner is honest, one runs half the steps, one answers with old pictures; watch the cheaters lose their weight.
    API and Studio: http://127.0.0.1:7071
    """) { prompt, output, seed, interval, rounds, data, port, plain, RoleCommand.Create(), chat };
root.SetAction((parsed, ct) => BoxCommand.RunAsync(
    new BoxOptions(
        parsed.GetValue(port), parsed.GetValue(interval), parsed.GetValue(data), parsed.GetValue(prompt), parsed.GetValue(output), parsed.GetValue(seed),
        parsed.GetValue(rounds), parsed.GetValue(plain)),
    ct));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
