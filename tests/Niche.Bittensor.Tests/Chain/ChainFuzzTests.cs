using CsCheck;
using Niche.Bittensor.Chain.Events;
using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>Bytes of a lying node: a value or a typed refusal, never anything else, and never more memory than in proportion.</summary>
public class ChainFuzzTests
{
    private const int BytesPerByte = 2_000, FreeBytes = 2_000_000;

    public static readonly TheoryData<string> Files = [.. RealMetadata.Files];

    private static readonly Gen<(int At, byte Value, int How)[]> Spoils = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Array[1, 4];

    [Theory]
    [MemberData(nameof(Files))]
    public void Spoiled_metadata_is_read_or_refused(string file)
    {
        var real = VectorFile.SharedBytes(file);
        Spoils.Sample(spoils => Survives(Spoil(real, spoils), bytes => Use(RuntimeMetadata.Read(bytes))), iter: 500);
    }

    [Fact]
    public void Random_metadata_is_refused() => Gen.Byte.Array[0, 400].Sample(
        tail => Survives([.. "meta"u8, (byte)(14 + (tail.Length % 3)), .. tail], bytes => RuntimeMetadata.Read(bytes)), iter: 5_000);

    [Theory]
    [MemberData(nameof(Files))]
    public void Spoiled_extrinsics_are_read_or_refused(string file)
    {
        var metadata = RealMetadata.Of(file);
        var set = VectorFile.Full().GetProperty(metadata.Version == 16 ? "finney_spec393" : "dev_spec293");
        var real = set.GetProperty("extrinsics").EnumerateArray().Select(vector => vector.Hex("extrinsic")).ToArray();
        Gen.Select(Gen.Int[0, real.Length - 1], Spoils).Sample((which, spoils) => Survives(Spoil(real[which], spoils), bytes =>
        {
            var read = ExtrinsicReader.Read(metadata, bytes);
            if (read.Kind == ExtrinsicKind.KeySigned) ExtrinsicVerifier.Verifies(metadata, read, 293, 1, new byte[32], new byte[32]);
        }), iter: 3_000);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Random_calls_are_read_or_refused(string file)
    {
        var metadata = RealMetadata.Of(file);
        var calls = metadata.Pallets.SelectMany(pallet => pallet.Calls.Select(call => new byte[] { pallet.Index, call.Index })).ToArray();
        Gen.Select(Gen.Int[0, calls.Length - 1], Gen.Byte.Array[0, 300]).Sample(
            (which, tail) => Survives([.. calls[which], .. tail], bytes => DecodedCall.Read(metadata, bytes)), iter: 5_000);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Random_events_are_read_or_refused(string file)
    {
        var metadata = RealMetadata.Of(file);
        var events = metadata.Pallets.SelectMany(pallet => pallet.Events.Select(one => new byte[] { pallet.Index, one.Index })).ToArray();
        Gen.Select(Gen.Int[0, events.Length - 1], Gen.Byte.Array[0, 300]).Sample(
            (which, tail) => Survives([4, 0, 0, 0, 0, 0, .. events[which], .. tail], bytes =>
            {
                foreach (var one in EventReader.Read(metadata, bytes)) _ = DispatchFailure.Of(metadata, one)?.ToString();
            }), iter: 5_000);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Random_values_of_every_storage_item_are_read_or_refused(string file)
    {
        var metadata = RealMetadata.Of(file);
        var items = metadata.Pallets.SelectMany(pallet => pallet.Storage).ToArray();
        Gen.Select(Gen.Int[0, items.Length - 1], Gen.Byte.Array[0, 200]).Sample(
            (which, bytes) => Survives(bytes, data =>
            {
                if (StorageKey.ReadValue(metadata, items[which], data) is { } value) _ = ScaleValueJson.Render(value);
            }), iter: 5_000);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Random_storage_keys_are_read_or_refused(string file)
    {
        var metadata = RealMetadata.Of(file);
        var items = metadata.Pallets.SelectMany(pallet => pallet.Storage).ToArray();
        Gen.Select(Gen.Int[0, items.Length - 1], Gen.Byte.Array[0, 200]).Sample(
            (which, bytes) => Survives([.. StorageKey.Prefix(items[which]), .. bytes], key => StorageKey.ReadKeys(metadata, items[which], key.Span)), iter: 3_000);
    }

    [Fact]
    public void The_default_of_every_storage_item_and_the_value_of_every_constant_is_read_and_written_back()
    {
        foreach (var file in RealMetadata.Files)
        {
            var metadata = RealMetadata.Of(file);
            foreach (var item in metadata.Pallets.SelectMany(pallet => pallet.Storage).Where(item => !item.IsOptional))
                Assert.Equal(item.Default.ToArray(), ScaleValueEncoder.Encode(metadata.Types, item.Value, StorageKey.ReadValue(metadata, item, null), item.Name));
            foreach (var constant in metadata.Pallets.SelectMany(pallet => pallet.Constants))
                Assert.Equal(constant.Value.ToArray(), ScaleValueEncoder.Encode(metadata.Types, constant.Type, ScaleValueDecoder.Decode(metadata.Types, constant.Type, constant.Value.Span), constant.Name));
        }
    }

    private static bool Survives(byte[] bytes, Action<ReadOnlyMemory<byte>> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(bytes);
        }
        catch (Exception refused) when (refused is ScaleFormatException or MetadataNameException or ExtrinsicException)
        {
            Assert.InRange(refused.Message.Length, 1, 10_000);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < FreeBytes + ((long)BytesPerByte * bytes.Length);
    }

    // Spoiled metadata that still reads must also be safe to work with.
    private static void Use(RuntimeMetadata metadata)
    {
        foreach (var item in metadata.Pallets.SelectMany(pallet => pallet.Storage).Take(50)) _ = StorageKey.ReadValue(metadata, item, null);
        _ = ChainCall.Encode(metadata, "SubtensorModule", "set_weights", 7, new[] { 1, 2 }, new[] { 3, 4 }, 5);
        _ = ExtrinsicPayload.Build(metadata, new byte[2], SigningTerms.Immortal(1, 1, new byte[32], 0));
        _ = EventReader.Read(metadata, new byte[] { 0 });
    }

    private static byte[] Spoil(byte[] source, (int At, byte Value, int How)[] spoils)
    {
        foreach (var (at, value, how) in spoils)
        {
            if (source.Length == 0) break;
            var index = at % source.Length;
            source = how switch
            {
                0 or 1 => [.. source[..index], value, .. source[(index + 1)..]],
                2 => [.. source[..index], value, .. source[index..]],
                _ => source[..index],
            };
        }

        return source;
    }
}
