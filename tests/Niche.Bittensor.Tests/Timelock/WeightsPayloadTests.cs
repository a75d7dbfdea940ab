using System.Text.Json;
using CsCheck;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;
using Niche.Bittensor.Timelock;

namespace Niche.Bittensor.Tests.Timelock;

public class WeightsPayloadTests
{
    private static readonly JsonElement Vector = VectorFile.Extract.GetProperty("timelock");

    private static readonly Gen<WeightsPayload> AnyPayload =
        from hotkey in Gen.OneOf(Gen.Const(Array.Empty<byte>()), Gen.Byte.Array[32])
        from count in Gen.Int[0, 300]
        from uids in Gen.UShort.Array[count]
        from values in Gen.UShort.Array[count]
        from version in Gen.ULong
        select new WeightsPayload(hotkey, uids, values, version);

    [Fact]
    public void The_form_with_the_hotkey_is_the_recorded_one()
    {
        var vector = Vector.GetProperty("v4");
        using var pair = Keypair.FromUri(vector.Text("hotkeyUri"));
        WeightsPayload payload = new(pair.PublicKey.ToArray(), Numbers(vector, "uids"), Numbers(vector, "values"), vector.GetProperty("versionKey").GetUInt64());
        Assert.Equal(vector.Hex("payload"), payload.Encode());
    }

    [Fact]
    public void The_legacy_form_is_the_one_that_a_runtime_decrypted()
    {
        WeightsPayload payload = new(default, [1, 2], [4321, 65535], 0);
        Assert.Equal(Vector.Hex("payload"), payload.Encode());
    }

    [Fact]
    public void A_payload_survives_its_encoding() => AnyPayload.Sample(payload =>
    {
        var read = WeightsPayload.Decode(payload.Encode(), payload.Hotkey.Length > 0);
        return read.Hotkey.Span.SequenceEqual(payload.Hotkey.Span) && read.Uids.SequenceEqual(payload.Uids)
            && read.Values.SequenceEqual(payload.Values) && read.VersionKey == payload.VersionKey;
    });

    [Fact]
    public void Any_bytes_are_a_payload_that_encodes_to_the_same_or_are_refused() =>
        Gen.Select(Gen.OneOf(Gen.Byte.Array[0, 100], AnyPayload.Select(payload => payload.Encode()), Cut()), Gen.Bool).Sample((bytes, withHotkey) =>
        {
            try
            {
                return WeightsPayload.Decode(bytes, withHotkey).Encode().AsSpan().SequenceEqual(bytes);
            }
            catch (ScaleFormatException)
            {
                return true;
            }
        });

    [Fact]
    public void Lists_of_different_length_and_hotkeys_of_another_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new WeightsPayload(default, [1], [], 0).Encode());
        Assert.Throws<ArgumentException>(() => new WeightsPayload(new byte[31], [1], [1], 0).Encode());
        Assert.Throws<ScaleFormatException>(() => WeightsPayload.Decode([.. new WeightsPayload(default, [1], [1], 0).Encode(), 0], withHotkey: false));
    }

    private static Gen<byte[]> Cut() => Gen.Select(AnyPayload, Gen.Double[0, 1], (payload, part) =>
    {
        var bytes = payload.Encode();
        return bytes[..(int)(bytes.Length * part)];
    });

    private static ushort[] Numbers(JsonElement vector, string name) => [.. vector.GetProperty(name).EnumerateArray().Select(item => item.GetUInt16())];
}
