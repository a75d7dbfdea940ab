using Niche.Bots.Handlers;
using Niche.Bots.Incoming;
using Niche.Bots.Operation;
using Niche.Bots.Orders;
using Niche.Bots.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Jobs;

namespace Niche.Bots.Tests.Updates;

/// <summary>Nothing grows for ever but the orders.</summary>
public sealed class SweepTests
{
    private static readonly string[] Swept = [BotNames.Events, BotNames.Quotas, BotNames.Links, BotNames.Inputs, BotNames.Talks];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_old_goes_and_orders_stay()
    {
        await using Parlor parlor = new();
        await parlor.SayAsync("ann", "imagine", "a house --count 4");
        Order order = await parlor.NewestAsync("ann");
        await parlor.PaintAsync(order.JobId);
        await parlor.PassAsync(TimeSpan.FromSeconds(4));
        await parlor.SayAsync("ann", "chat", "a lighthouse");
        await parlor.SayAsync("ann", "link");
        await parlor.Get<InputForm>().KeepAsync(new Attachment("a", "a.png"), Ct);
        Assert.All(await CountsAsync(parlor), count => Assert.True(count > 0));

        Assert.Equal(0, await parlor.Get<BotSweep>().RunAsync(Ct));
        parlor.Time.Advance(TimeSpan.FromDays(40));
        Assert.True(await parlor.Get<BotSweep>().RunAsync(Ct) > 0);
        Assert.All(await CountsAsync(parlor), count => Assert.Equal(0, count));
        await foreach (BlobInfo picture in parlor.Get<IBlobStore>().ListAsync(BotNames.Pictures, null, Ct)) Assert.Fail(picture.Name);
        Assert.Equal(order.JobId, (await parlor.NewestAsync("ann")).JobId);
    }

    private static async Task<int[]> CountsAsync(Parlor parlor)
    {
        int[] counts = new int[Swept.Length];
        for (int i = 0; i < Swept.Length; i++)
        {
            await foreach (TableRow _ in parlor.Get<ITableStore>().QueryAllAsync(Swept[i], Ct)) counts[i]++;
        }

        return counts;
    }
}
