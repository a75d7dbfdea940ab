using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain.Metadata;

public class MetadataReaderTests
{
    [Theory]
    [InlineData("dev_spec293_metadata_v14.bin", 14, 0)]
    [InlineData("dev_spec293_metadata_v15.bin", 15, 40)]
    [InlineData("finney_spec393_metadata_v16.scale", 16, 40)]
    public void Real_metadata_is_read_to_the_last_byte(string file, int version, int leastApis)
    {
        var metadata = RealMetadata.Of(file);
        Assert.Equal(version, metadata.Version);
        Assert.Equal(7, metadata.GetPallet("SubtensorModule").Index);
        Assert.Equal("SubtensorModule", metadata.FindPallet(7)!.Name);
        Assert.Equal(5, metadata.GetPallet("Balances").Index);
        Assert.True(metadata.ApiMethods.Count >= leastApis);
        Assert.Contains((byte)4, metadata.Extrinsic.Versions);
        Assert.Equal("MultiAddress", metadata.Types[metadata.Extrinsic.Address!.Value].Name);
        Assert.Equal("MultiSignature", metadata.Types[metadata.Extrinsic.Signature!.Value].Name);
    }

    [Theory]
    [InlineData("finney_spec393")]
    [InlineData("dev_spec293")]
    public void Extensions_are_in_the_runtimes_order(string set) =>
        Assert.Equal(
            VectorFile.Full().GetProperty(set).GetProperty("signedExtensions").EnumerateArray().Select(name => name.GetString()),
            RealMetadata.For(set).Extrinsic.Extensions.Select(extension => extension.Identifier));

    [Fact]
    public void Names_that_do_not_exist_are_told_with_the_nearest_that_do()
    {
        var metadata = RealMetadata.DevV15;
        Assert.Contains("SubtensorModule", Assert.Throws<MetadataNameException>(() => metadata.GetPallet("SubtensorModul")).Message, StringComparison.Ordinal);
        Assert.Contains("set_weights", Assert.Throws<MetadataNameException>(() => metadata.GetCall("SubtensorModule", "set_weight")).Message, StringComparison.Ordinal);
        Assert.Contains("Tempo", Assert.Throws<MetadataNameException>(() => metadata.GetStorage("SubtensorModule", "tempo")).Message, StringComparison.Ordinal);
        Assert.Null(metadata.FindCall("SubtensorModule", "set_mechanism_weights"));
        Assert.Null(metadata.FindStorage("Nowhere", "Tempo"));
        Assert.Throws<MetadataNameException>(() => metadata.GetConstant("System", "Nope"));
        Assert.Throws<MetadataNameException>(() => metadata.GetApi("Nope_nope"));
    }

    [Fact]
    public void Apis_constants_and_types_are_found_by_name()
    {
        var metadata = RealMetadata.Finney;
        Assert.Equal("Option<Metagraph>", metadata.Types.NameOf(metadata.GetApi("SubnetInfoRuntimeApi_get_metagraph").Output));
        Assert.Equal(4, metadata.GetConstant("System", "BlockHashCount").Value.Length);
        Assert.Equal("Vec<u16>", metadata.Types.NameOf(metadata.GetCall("SubtensorModule", "set_weights").Fields[1].Type));
    }

    [Fact]
    public void The_answer_of_metadata_at_version_is_an_option()
    {
        var bytes = VectorFile.SharedBytes("dev_spec293_metadata_v15.bin");
        var some = new ScaleWriter().WriteBool(true).WriteBytes(bytes).ToArray();
        Assert.Equal(15, RuntimeMetadata.ReadOptional(some)!.Version);
        Assert.Null(RuntimeMetadata.ReadOptional(new byte[] { 0 }));
        Assert.Throws<ScaleFormatException>(() => RuntimeMetadata.ReadOptional(new byte[] { 2 }));
        Assert.Throws<ScaleFormatException>(() => RuntimeMetadata.ReadOptional(new byte[] { 0, 0 }));
    }
}
