using System.Globalization;
using System.Text;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>
/// Every way a request can fail at a stock axon (SDK 10.2.0), variants apart, and some that only a stricter one knows: what the stock axon answers
/// (0 where it has no such case), what ours answers, and how the words begin.
/// </summary>
public static class FailureCorpus
{
    private const string NotVerified = "Not Verified with error: ";
    private const string Malformed = "Malformed request: ";
    private const string Dendrite = "bt_header_dendrite_";

    public static IReadOnlyList<(string Situation, int Stock, int Status, string Message)> Cases { get; } =
    [
        ("unknown synapse", 404, 404, "Synapse name 'Nope' not found. Available synapses ['Synapse', 'Echo']"),
        ("root path", 404, 404, "Synapse name '' not found."),
        ("blacklisted", 403, 403, "Forbidden. Key is blacklisted: not welcome."),
        ("blacklist throws", 500, 500, "Internal Server Error #"),
        ("no signature", 200, 401, NotVerified + "Missing Signature"),
        ("empty signature", 200, 401, NotVerified + "Missing Signature"),
        ("signature not hex", 401, 401, NotVerified + "Signature mismatch with "),
        ("signature too short", 401, 401, NotVerified + "Signature mismatch with "),
        ("signature of zeros", 401, 401, NotVerified + "Signature mismatch with "),
        ("signature of another key", 401, 401, NotVerified + "Signature mismatch with "),
        ("no nonce", 401, 401, NotVerified + "Missing Nonce"),
        ("no hotkey", 401, 401, NotVerified + "Missing Hotkey"),
        ("bad hotkey", 401, 401, NotVerified + "Hotkey is not an SS58 address with prefix 42"),
        ("addressed to another axon", 401, 401, NotVerified + "Signature mismatch with "),
        ("uuid changed", 401, 401, NotVerified + "Signature mismatch with "),
        ("nonce changed", 401, 401, NotVerified + "Signature mismatch with "),
        ("no body hash", 401, 401, NotVerified + "Signature mismatch with "),
        ("body hash changed", 401, 401, NotVerified + "Signature mismatch with "),
        ("old nonce", 401, 401, NotVerified + "Nonce is too old: acceptable delta is 16.00 seconds but request was 17.00 seconds old"),
        ("priority times out", 408, 408, "Response timeout after: 7.0s"),
        ("priority throws", 500, 500, "Internal Server Error #"),
        ("handler throws", 500, 500, "Internal Server Error #"),
        ("body changed", 500, 401, NotVerified + "Body hash mismatch"),
        ("nonce not a number", 500, 400, Malformed + "Header bt_header_dendrite_nonce"),
        ("timeout not a number", 500, 400, Malformed + "Header timeout"),
        ("input object not base64", 500, 400, Malformed + "Header bt_header_input_obj_text"),
        ("body empty", 500, 400, Malformed + "the body is not a Echo"),
        ("body an array", 500, 400, Malformed + "the body is not a Echo"),
        ("body a text", 500, 400, Malformed + "the body is not a Echo"),
        ("body null", 500, 400, Malformed + "the body is null"),
        ("wrong field type", 500, 400, Malformed + "the body is not a Echo (at $.times"),
        ("null where text belongs", 500, 400, Malformed + "the body is not a Echo"),
        ("missing required field", 500, 400, Malformed + "the body is not a Echo"),
        ("body not json", 422, 400, Malformed + "the body is not a Echo"),
        ("body cut short", 422, 400, Malformed + "the body is not a Echo"),
        ("body not utf-8", 422, 400, Malformed + "the body is not a Echo"),
        ("nested too deep", 422, 400, Malformed + "the body is not a Echo"),

        ("no version", 200, 401, NotVerified + "Missing Version"),
        ("no uuid", 401, 401, NotVerified + "Missing Uuid"),
        ("uuid too long", 200, 401, NotVerified + "Uuid is longer"),
        ("uuid with a space", 200, 401, NotVerified + "Uuid has characters"),
        ("hotkey in another spelling", 200, 401, NotVerified + "Hotkey is not an SS58 address with prefix 42"),
        ("old nonce with a huge timeout", 200, 401, NotVerified + "Nonce is too old: acceptable delta is 64.00 seconds"),
        ("nonce from the future", 200, 401, NotVerified + "Nonce is from the future"),
        ("nonce below zero", 401, 401, NotVerified + "Nonce is too old"),
        ("nonce beyond 64 bits", 200, 400, Malformed + "Header bt_header_dendrite_nonce"),
        ("negative timeout", 200, 400, Malformed + "Header timeout"),
        ("header too long", 200, 400, Malformed + "Header name is longer than 1024 characters."),
        ("hotkey nobody knows", 0, 403, "Forbidden. Key is blacklisted: Unrecognized hotkey."),
        ("out of quota", 0, 429, "The quota is used up."),
        ("blacklist has a status of its own", 0, 429, "Come back later."),
        ("handler refuses", 0, 503, "The picture model is not loaded."),
        ("half a surrogate pair", 0, 400, Malformed + "the body is not a Echo"),
        ("body too large", 0, 413, "The body is larger than 100000 bytes."),
        ("chunked body too large", 0, 413, "The body is larger than 100000 bytes."),
    ];

    /// <summary>Spoils a good call of //Alice to the synapse <see cref="Echo"/>.</summary>
    public static StockCall Spoil(StockCall call, string situation, long now)
    {
        using var alice = Keypair.FromUri("//Alice");
        return situation switch
        {
            "unknown synapse" => At(call, "Nope"),
            "root path" => At(call, ""),
            "blacklisted" => call.Sign("//Charlie"),
            "blacklist throws" => call.Sign("//Ferdie"),
            "no signature" => call.With(Dendrite + "signature", null),
            "empty signature" => call.With(Dendrite + "signature", ""),
            "signature not hex" => call.With(Dendrite + "signature", "0x" + new string('z', 128)),
            "signature too short" => call.With(Dendrite + "signature", call.Headers[Dendrite + "signature"][..^2]),
            "signature of zeros" => call.With(Dendrite + "signature", "0x" + new string('0', 128)),
            "signature of another key" => call.With(Dendrite + "signature", call.Sign("//Eve").Headers[Dendrite + "signature"]).With(Dendrite + "hotkey", alice.Address),
            "no nonce" => call.With(Dendrite + "nonce", null),
            "no version" => call.With(Dendrite + "version", null),
            "no hotkey" => call.With(Dendrite + "hotkey", null),
            "bad hotkey" => call.With(Dendrite + "hotkey", "5nobody"),
            "hotkey in another spelling" => call.With(Dendrite + "hotkey", Ss58.Encode(alice.PublicKey, 0)),
            "hotkey nobody knows" => call.Sign("//Mallory"),
            "no uuid" => call.With(Dendrite + "uuid", null),
            "uuid changed" => call.With(Dendrite + "uuid", "another"),
            "uuid too long" => call.With(Dendrite + "uuid", new string('u', 65)).Sign(),
            "uuid with a space" => call.With(Dendrite + "uuid", "a b").Sign(),
            "addressed to another axon" => call.With("bt_header_axon_hotkey", alice.Address).Sign(),
            "no body hash" => call.With("computed_body_hash", null),
            "body hash changed" => call.With("computed_body_hash", BodyHash.OfTexts(["good bye"])),
            "nonce changed" => call.With(Dendrite + "nonce", (now + 1).ToString(CultureInfo.InvariantCulture)),
            "nonce not a number" => call.With(Dendrite + "nonce", "abc"),
            "nonce below zero" => call.With(Dendrite + "nonce", "-5").Sign(),
            "nonce beyond 64 bits" => call.With(Dendrite + "nonce", "99999999999999999999").Sign(),
            "old nonce" => At(call, now - 17_000_000_000),
            "old nonce with a huge timeout" => At(call.With("timeout", "86400.0"), now - 65_000_000_000),
            "nonce from the future" => At(call, now + 11_000_000_000),
            "timeout not a number" => call.With("timeout", "abc"),
            "negative timeout" => call.With("timeout", "-1.0"),
            "priority times out" => call.With("timeout", "7.0"),
            "priority throws" => call.With("timeout", "8.0"),
            "header too long" => call.With("name", new string('n', 1025)),
            "input object not base64" => call.With("bt_header_input_obj_text", "not base64!"),
            "out of quota" => call.Sign("//George"),
            "blacklist has a status of its own" => call.Sign("//Dave"),
            "handler refuses" => Body(call, """{"text":"hello","times":-2}"""),
            "handler throws" => Body(call, """{"text":"hello","times":-1}"""),
            "body changed" => Body(call, """{"text":"good bye"}"""),
            "body empty" => Body(call, ""),
            "body an array" => Body(call, "[]"),
            "body a text" => Body(call, "\"hello\""),
            "body null" => Body(call, "null"),
            "body not json" => Body(call, "<html>"),
            "body cut short" => Body(call, """{"text":"hel"""),
            "body not utf-8" => Body(call, [.. """{"text":"hello"""u8, 0xC3, 0x28, .. "\"}"u8]),
            "half a surrogate pair" => Body(call, """{"text":"\ud83d"}"""),
            "wrong field type" => Body(call, """{"text":"hello","times":"many"}"""),
            "null where text belongs" => Body(call, """{"text":null}"""),
            "missing required field" => Body(call, "{}"),
            "nested too deep" => Body(call, $$"""{"text":"hello","other":{{new string('[', 100)}}{{new string(']', 100)}}}"""),
            "body too large" => Body(call, new string(' ', 100_001)),
            "chunked body too large" => Body(call.With("transfer-encoding", "chunked"), new string(' ', 300_000)),
            _ => throw new ArgumentOutOfRangeException(nameof(situation), situation, null),
        };
    }

    private static StockCall At(StockCall call, string path)
    {
        call.Path = path;
        return call;
    }

    private static StockCall At(StockCall call, long nonce) => call.With(Dendrite + "nonce", nonce.ToString(CultureInfo.InvariantCulture)).Sign();

    private static StockCall Body(StockCall call, string body) => Body(call, Encoding.UTF8.GetBytes(body));

    private static StockCall Body(StockCall call, byte[] body)
    {
        call.Body = body;
        return call;
    }
}
