using Niche.Bittensor.Chain.Storage;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Chain.Extrinsics;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Storage;

public class StorageKeyTests
{
    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Keys_are_those_of_polkadot_js_and_give_their_parts_back(string set)
    {
        var metadata = RealMetadata.For(set);
        foreach (var vector in VectorFile.Full().GetProperty(set).GetProperty("storageKeys").EnumerateArray())
        {
            var (pallet, item) = CallVectorTests.Split(vector.Text("item"));
            var arguments = JsonArguments.List(vector.GetProperty("args"));
            var key = StorageKey.For(metadata, pallet, item, arguments);
            Assert.Equal(vector.Hex("key"), key);

            var entry = metadata.GetStorage(pallet, item);
            var parts = StorageKey.ReadKeys(metadata, entry, key);
            Assert.Equal(arguments.Length, parts.Count);
            Assert.Equal(key, StorageKey.For(metadata, entry, [.. parts]));
        }
    }

    [Fact]
    public void Fewer_keys_give_the_prefix_of_the_full_key()
    {
        var metadata = RealMetadata.Finney;
        var full = StorageKey.For(metadata, "SubtensorModule", "Weights", 7, 3);
        Assert.Equal(full[..34], StorageKey.For(metadata, "SubtensorModule", "Weights", 7));
        Assert.Equal(full[..32], StorageKey.For(metadata, "SubtensorModule", "Weights"));
        Assert.Equal(full[..32], StorageKey.Prefix(metadata.GetStorage("SubtensorModule", "Weights")));
    }

    [Fact]
    public void A_key_of_another_item_with_a_wrong_hash_or_length_is_refused()
    {
        var metadata = RealMetadata.Finney;
        var entry = metadata.GetStorage("SubtensorModule", "Uids");
        var key = StorageKey.For(metadata, entry, 7, "5D2FPLtZVpSYjpyCwmrkw4PRxVYMgMUifV3YdRdA59T1NaAH");
        var wrongHash = (byte[])key.Clone();
        wrongHash[34] ^= 1;
        byte[][] bad = [StorageKey.For(metadata, "SubtensorModule", "Keys", 7, 3), wrongHash, key[..^1], [.. key, 0], key[..40], []];
        foreach (var one in bad) Assert.Throws<ScaleFormatException>(() => StorageKey.ReadKeys(metadata, entry, one));
    }

    [Fact]
    public void A_wrong_or_surplus_key_is_named()
    {
        var metadata = RealMetadata.Finney;
        var wrong = Assert.Throws<ScaleFormatException>(() => StorageKey.For(metadata, "SubtensorModule", "Uids", 70000));
        Assert.Equal("SubtensorModule.Uids.key1", wrong.Where);
        Assert.Throws<ScaleFormatException>(() => StorageKey.For(metadata, "SubtensorModule", "Tempo", 1, 2));
    }

    [Fact]
    public void An_absent_entry_has_its_default_or_none()
    {
        var metadata = RealMetadata.Finney;
        Assert.Equal(360, StorageKey.ReadValue(metadata, metadata.GetStorage("SubtensorModule", "Tempo"), null)!.AsInteger());
        Assert.True(StorageKey.ReadValue(metadata, metadata.GetStorage("SubtensorModule", "CommitRevealWeightsEnabled"), null)!.AsBoolean());
        Assert.Null(StorageKey.ReadValue(metadata, metadata.GetStorage("SubtensorModule", "Uids"), null));
    }

    [Fact]
    public void The_axon_stored_by_the_real_runtime_is_read()
    {
        var metadata = RealMetadata.DevV15;
        var vector = VectorFile.Full().GetProperty("live_spec293").GetProperty("axonStorage");
        var entry = metadata.GetStorage("SubtensorModule", "Axons");
        var value = StorageKey.ReadValue(metadata, entry, vector.Hex("raw"))!;
        Assert.Equal(
            """{"block":8,"version":10002000,"ip":3405803781,"port":8091,"ip_type":4,"protocol":4,"placeholder1":0,"placeholder2":0}""",
            ScaleValueJson.Render(value));
        Assert.Equal(vector.Hex("raw"), ScaleValueEncoder.Encode(metadata.Types, entry.Value, value, "Axons"));
        Assert.Equal(1, StorageKey.ReadKeys(metadata, entry, vector.Hex("key"))[0]!.AsInteger());
    }
}
