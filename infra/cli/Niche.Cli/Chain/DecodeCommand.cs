using System.CommandLine;
using System.Text.Json;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Chain;

/// <summary><c>niche decode</c>.</summary>
internal static class DecodeCommand
{
    private const int MaxHex = 8 << 20;

    private static readonly JsonSerializerOptions Deep = new() { MaxDepth = 512 };

    public static Command Create(Shell shell)
    {
        MetadataArguments metadata = new();
        Argument<string> extrinsic = new("extrinsic") { Description = "0x hexadecimal with its length in front, as nodes take it; - reads it from the input." };
        Option<bool> callOnly = new("--call") { Description = "It is a bare call, as a proposal or a batch carries it." };
        Command command = new("decode", """
            Reads an extrinsic back into its call, arguments, signer and era, by the metadata of a runtime. Sends nothing.

            Examples:
              niche decode 0x4502840004316d... --network finney
              niche decode - --metadata finney.scale < extrinsic.hex
              niche decode 0x0700... --call --json
            """) { extrinsic, callOnly };
        metadata.AddTo(command);
        return command.Runs(shell, async (parsed, ct) =>
        {
            var bytes = Message.Hex(await TextAsync(parsed.GetRequiredValue(extrinsic), shell, ct), "extrinsic");
            var runtime = await metadata.ReadAsync(parsed, shell, ct);
            try
            {
                if (parsed.GetValue(callOnly)) Show(shell, parsed, DecodedCall.Read(runtime, bytes), null);
                else Show(shell, parsed, null, ExtrinsicReader.Read(runtime, bytes));
            }
            catch (ScaleFormatException e)
            {
                throw new CommandException(ExitCode.Refused, "not_an_extrinsic", $"This runtime reads no extrinsic in these bytes: {e.Message}");
            }

            return ExitCode.Done;
        });
    }

    private static async Task<string> TextAsync(string argument, Shell shell, CancellationToken ct)
    {
        if (argument != "-") return argument.Trim();
        var buffer = new char[MaxHex];
        var length = await shell.Input.ReadBlockAsync(buffer, ct);
        return length < MaxHex
            ? new string(buffer, 0, length).Trim()
            : throw new CommandException(ExitCode.Usage, "usage", "The input is longer than any extrinsic.");
    }

    private static void Show(Shell shell, ParseResult parsed, DecodedCall? alone, DecodedExtrinsic? whole)
    {
        var call = alone ?? whole!.Call;
        var signer = whole?.SignerKey is { } key ? Ss58.Encode(key.Span) : whole?.Signer is { } other ? ScaleValueJson.Render(other) : null;
        if (parsed.GetValue(CommandAction.Json))
        {
            shell.Write(new
            {
                hash = whole is null ? null : Hex(whole.Hash), whole?.Format, kind = whole?.Kind.ToString(), signer, whole?.Nonce, whole?.Tip,
                era = whole is null ? null : new { mortal = whole.Era.IsMortal, whole.Era.Period, whole.Era.Phase },
                signature = whole?.Signature is null ? (JsonElement?)null : Element(whole.Signature),
                call = new { call.Pallet, call.Name, arguments = call.Arguments.ToDictionary(one => one.Key, one => Element(one.Value)), data = Hex(call.Data) },
            });
            return;
        }

        shell.Pairs(
        [
            ("call", $"{call.Pallet}.{call.Name}"),
            .. call.Arguments.Select(one => ($"  {one.Key}", (string?)ScaleValueJson.Render(one.Value))),
            ("signer", whole is null ? null : signer ?? $"none ({whole.Kind.ToString().ToLowerInvariant()})"),
            ("signature", whole?.Signature is null ? null : ScaleValueJson.Render(whole.Signature)),
            ("era", whole?.Kind == ExtrinsicKind.Bare ? null : whole?.Era.ToString()),
            ("nonce", whole?.Kind == ExtrinsicKind.Bare ? null : whole?.Nonce.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("tip", whole is { Tip: > 0 } ? $"{whole.Tip} rao" : null),
            ("hash", whole is null ? null : Hex(whole.Hash)),
        ]);
    }

    private static string Hex(ReadOnlyMemory<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes.Span);

    private static JsonElement Element(ScaleValue value) => JsonSerializer.Deserialize<JsonElement>(ScaleValueJson.Render(value), Deep);
}
