using Niche.Subnet.Policy;

namespace Niche.Subnet.Tests.Policy;

public sealed class EmissionScheduleTests
{
    private static readonly DateTimeOffset Start = new(2025, 3, 20, 0, 0, 0, TimeSpan.Zero);

    // The reference's drift of 2025-03-20..27: Recycle .47 to .29 in seven days.
    private static readonly SharePoint[] Drift = [new(Start, .47), new(Start.AddDays(7), .29)];

    [Theory]
    [InlineData(-1, .47)]
    [InlineData(0, .47)]
    [InlineData(3.5, .38)]
    [InlineData(7, .29)]
    [InlineData(100, .29)]
    public void The_share_moves_linearly_between_points_and_stays_outside(double day, double share) =>
        Assert.Equal(share, EmissionSchedule.ShareAt(Drift, Start.AddDays(day)), 12);

    [Fact]
    public void An_empty_schedule_is_refused() => Assert.Throws<ArgumentException>(() => EmissionSchedule.ShareAt([], Start));
}
