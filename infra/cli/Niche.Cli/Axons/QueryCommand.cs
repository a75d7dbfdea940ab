using System.CommandLine;
using System.Text.Json;
using Niche.Bittensor.Chain;
using Niche.Bittensor.Dendrite;
using Niche.Bittensor.Synapses;
using Niche.Cli.Chain;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Axons;

/// <summary><c>niche query</c>.</summary>
internal static class QueryCommand
{
    private const int Shown = 300;

    public static Command Create(Shell shell)
    {
        WalletArguments wallet = new();
        ChainArguments chain = new();
        Argument<ushort> uid = new("uid") { Description = "Neuron to call." };
        Option<string> name = new("--synapse") { Description = "Class name of the synapse; Synapse is the ping.", DefaultValueFactory = _ => nameof(Synapse) };
        name.Validators.Add(result =>
        {
            if (!OpenSynapse.IsName(result.GetValueOrDefault<string>())) result.AddError("--synapse takes a class name: letters, digits, underscores.");
        });
        Option<string?> fields = new("--fields") { Description = "Its fields as a JSON object." };
        Option<string[]> hash = new("--hash-fields") { HelpName = "field", Description = "Its required hash fields in order.", AllowMultipleArgumentsPerToken = true };
        Option<double> timeout = new("--timeout") { Description = "Seconds.", DefaultValueFactory = _ => 12 };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 3600)) result.AddError("--timeout takes more than 0, at most 3600 seconds.");
        });
        Command command = new("query", """
            Calls the axon of a neuron, signed by the hotkey, and shows what came back and how long it took.
            Exit code 0 when the axon answered with success, 1 when it refused or failed, 4 when it could not be reached.

            Examples:
              niche query 7 --netuid 23
              niche query 7 --synapse Echo --fields '{"text":"hello"}' --hash-fields text
            """) { uid, name, fields, hash, timeout };
        chain.AddTo(command);
        wallet.AddTo(command, secret: true);
        return command.Runs(shell, async (parsed, ct) =>
        {
            OpenSynapse synapse = new() { Name = parsed.GetValue(name), Fields = Fields(parsed.GetValue(fields)), HashFields = parsed.GetValue(hash) ?? [] };
            if (synapse.HashFields.FirstOrDefault(one => !synapse.Fields.ContainsKey(one)) is { } missing)
                throw new CommandException(ExitCode.Usage, "usage", $"--hash-fields names {missing}, which --fields does not have.");
            using var hotkey = await wallet.HotkeyAsync(parsed, shell, ct);
            await using var access = chain.Open(parsed, shell);
            var axon = await FindAsync(access, chain.Netuid(parsed), parsed.GetValue(uid), ct);
            using HttpClient http = new(DendriteClient.CreateHandler());
            DendriteClient dendrite = new(hotkey, http, shell.Time);
            var result = await dendrite.CallAsync(axon, synapse, TimeSpan.FromSeconds(parsed.GetValue(timeout)), ct);
            if (parsed.GetValue(CommandAction.Json)) shell.Write(Document(parsed.GetValue(uid), result));
            else Show(shell, parsed.GetValue(uid), result);
            return result.IsSuccess ? ExitCode.Done
                : result.Outcome is SynapseOutcome.Unreachable or SynapseOutcome.Timeout ? ExitCode.Unreachable
                : ExitCode.Refused;
        });
    }

    private static async Task<AxonEndpoint> FindAsync(ChainAccess access, ushort netuid, ushort uid, CancellationToken ct)
    {
        var metagraph = await access.Chain.GetMetagraphAsync(netuid, ct);
        var neuron = metagraph.Neurons.FirstOrDefault(one => one.Uid == uid)
            ?? throw new CommandException(ExitCode.Refused, "no_neuron", $"Subnet {netuid} has no neuron {uid}. See niche metagraph {netuid}.");
        return neuron.Axon ?? throw new CommandException(ExitCode.Refused, "not_serving", $"Neuron {uid} of subnet {netuid} serves no axon.");
    }

    private static Dictionary<string, JsonElement> Fields(string? json)
    {
        try
        {
            return string.IsNullOrWhiteSpace(json) ? [] : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, SynapseJson.Options) ?? [];
        }
        catch (JsonException)
        {
            throw new CommandException(ExitCode.Usage, "usage", """--fields takes a JSON object, for example '{"text":"hello"}'.""");
        }
    }

    private static object Document(ushort uid, SynapseResult<OpenSynapse> result) => new
    {
        uid,
        axon = new { result.Axon.Ip, result.Axon.Port, result.Axon.Hotkey },
        success = result.IsSuccess,
        outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName(result.Outcome.ToString()),
        result.StatusCode,
        result.StatusMessage,
        seconds = result.ProcessTime.TotalSeconds,
        axon_seconds = result.AxonProcessTime?.TotalSeconds,
        retry_after_seconds = result.RetryAfter?.TotalSeconds,
        fields = result.Response?.Fields,
    };

    private static void Show(Shell shell, ushort uid, SynapseResult<OpenSynapse> result)
    {
        shell.Pairs(
        [
            ("neuron", $"{uid}, {result.Axon.Hotkey} at {result.Axon.Ip}:{result.Axon.Port}"),
            ("outcome", $"{result.Outcome} ({result.StatusCode} {result.StatusMessage})"),
            ("time", Words.Seconds(result.ProcessTime) + (result.AxonProcessTime is { } inside ? $", of which the axon says {Words.Seconds(inside)}" : "")),
            ("come back", result.RetryAfter is { } wait ? $"in {Words.Seconds(wait)}" : null),
        ]);
        if (result.Response?.Fields is not { Count: > 0 } fields) return;
        shell.Line("");
        shell.Pairs([.. fields.Select(field => (Words.Clean(field.Key), (string?)Cut(Text(field.Value))))]);
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Cut(string text) => text.Length <= Shown ? text : $"{text[..Shown]}… ({Words.Number(text.Length)} characters; --json shows all)";
}
