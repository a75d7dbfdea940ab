using Niche.Bittensor.Chain.Events;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Chain.Values;
using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Tests.Chain.Events;

public class EventReaderTests
{
    public static readonly TheoryData<string> Files = [.. RealMetadata.Files];

    [Theory]
    [MemberData(nameof(Files))]
    public void Events_of_all_phases_are_read_with_their_names(string file)
    {
        var metadata = RealMetadata.Of(file);
        var (system, failed, module) = (metadata.GetPallet("System"), EventOf(metadata, "System", "ExtrinsicFailed"), metadata.GetPallet("SubtensorModule"));
        var tooFast = module.Errors.Single(error => error.Name == "SettingWeightsTooFast");
        var set = EventOf(metadata, "SubtensorModule", "WeightsSet");
        var writer = new ScaleWriter().WriteCompact(3UL);

        // ApplyExtrinsic(2): ExtrinsicFailed(Module { index, error }, weight 5 and 6, class Normal, Pays::No), no topics.
        writer.WriteByte(0).WriteU32(2).WriteByte(system.Index).WriteByte(failed.Index).WriteByte(3).WriteByte(module.Index).WriteByte(tooFast.Index)
            .WriteFixed([0, 0, 0]).WriteCompact(5UL).WriteCompact(6UL).WriteByte(0).WriteByte(1).WriteByte(0);

        // Initialization: WeightsSet(1, 7), no topics. Finalization: the same.
        foreach (byte phase in new byte[] { 2, 1 }) writer.WriteByte(phase).WriteByte(module.Index).WriteByte(set.Index).WriteU16(1).WriteU16(7).WriteByte(0);

        var events = EventReader.Read(metadata, writer.ToArray());
        Assert.Equal([EventPhase.ApplyExtrinsic, EventPhase.Initialization, EventPhase.Finalization], events.Select(one => one.Phase));
        Assert.Equal([2, null, null], events.Select(one => one.Extrinsic));
        Assert.Equal("SubtensorModule.WeightsSet", $"{events[1].Pallet}.{events[1].Name}");
        Assert.Equal([1, 7], events[1].Fields.Children().Select(field => (int)field.AsInteger()));
        Assert.Null(DispatchFailure.Of(metadata, events[1]));

        var failure = DispatchFailure.Of(metadata, events[0])!;
        Assert.Equal(("Module", "SubtensorModule", "SettingWeightsTooFast"), (failure.Kind, failure.Pallet, failure.Name));
        Assert.StartsWith("SubtensorModule.SettingWeightsTooFast", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_error_of_every_pallet_gets_its_own_name()
    {
        var metadata = RealMetadata.Finney;
        var type = DispatchError(metadata);
        foreach (var pallet in metadata.Pallets)
        {
            foreach (var error in pallet.Errors)
            {
                var value = ScaleValueDecoder.Decode(metadata.Types, type, new byte[] { 3, pallet.Index, error.Index, 0, 0, 0 });
                var failure = DispatchFailure.Read(metadata, value);
                Assert.Equal((pallet.Name, error.Name), (failure.Pallet, failure.Name));
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 2 }, "BadOrigin", "BadOrigin")]
    [InlineData(new byte[] { 7, 0 }, "Token", "FundsUnavailable")]
    [InlineData(new byte[] { 8, 1 }, "Arithmetic", "Overflow")]
    [InlineData(new byte[] { 9, 0 }, "Transactional", "LimitReached")]
    [InlineData(new byte[] { 10 }, "Exhausted", "Exhausted")]
    [InlineData(new byte[] { 3, 250, 9, 0, 0, 0 }, "Module", "error 9")]
    [InlineData(new byte[] { 3, 7, 255, 0, 0, 0 }, "Module", "error 255")]
    public void Other_kinds_and_unknown_numbers_are_told_as_they_are(byte[] bytes, string kind, string name)
    {
        var metadata = RealMetadata.Finney;
        var failure = DispatchFailure.Read(metadata, ScaleValueDecoder.Decode(metadata.Types, DispatchError(metadata), bytes));
        Assert.Equal((kind, name), (failure.Kind, failure.Name));
        Assert.Contains(name, failure.ToString(), StringComparison.Ordinal);
    }

    private static int DispatchError(RuntimeMetadata metadata) =>
        EventOf(metadata, "System", "ExtrinsicFailed").Fields.Single(field => field.Name == "dispatch_error").Type;

    private static TypeVariant EventOf(RuntimeMetadata metadata, string pallet, string name) => metadata.GetPallet(pallet).Events.Single(one => one.Name == name);
}
