using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Synapses;

public class TimeUuidTests
{
    [Fact]
    public void It_is_a_version_1_uuid_of_the_rfc_variant_with_a_node_that_is_nobodys()
    {
        // RFC 9562, A.1: the instant of its version 1 example, 2022-02-22T19:22:22.0Z, is 0x1EC9414C232AB00 since 1582-10-15.
        var time = new FakeTimeProvider(new DateTimeOffset(2022, 2, 22, 19, 22, 22, TimeSpan.Zero));
        var uuid = TimeUuid.Create(time);
        Assert.StartsWith("c232ab00-9414-11ec-", uuid, StringComparison.Ordinal);
        Assert.True(Guid.TryParseExact(uuid, "D", out _));
        Assert.Contains(uuid[19], "89ab");
        Assert.Equal(1, Convert.ToByte(uuid[24..26], 16) & 1);
    }

    [Fact]
    public void Two_are_different() => Assert.NotEqual(TimeUuid.Create(TimeProvider.System), TimeUuid.Create(TimeProvider.System));
}
