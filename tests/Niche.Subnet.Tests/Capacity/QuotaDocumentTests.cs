using Niche.Subnet.Capacity;
using Niche.Subnet.Tests.Policy;

namespace Niche.Subnet.Tests.Capacity;

public sealed class QuotaDocumentTests
{
    [Fact]
    public void A_document_holds_what_both_sides_compute()
    {
        var document = QuotaDocument.Create("miner", 5000, [new("a", 600_000), new("b", 1_000_000)], TestPolicy.Default, DateTimeOffset.UnixEpoch);
        Assert.Equal(256, document.TotalVolume);
        Assert.Equal(VolumeShares.Split(256, [new("b", 1_000_000), new("a", 600_000)], TestPolicy.Default.Capacity)["a"], document.Shares["a"]);
    }
}
