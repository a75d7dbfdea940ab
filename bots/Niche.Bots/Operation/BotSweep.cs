using System.Globalization;
using System.Text.Json;
using Niche.Bots.Storage;
using Niche.Bots.Talks;
using Niche.Bots.Updates;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Operation;

/// <summary>
/// Throws away what nobody needs any more: handled events, composed and uploaded pictures, used codes, old hours, old conversations. Orders stay, because
/// buttons must work for years.
/// </summary>
public sealed class BotSweep(ITableStore tables, IBlobStore blobs, EventLog events, TimeProvider time)
{
    // Longer than any platform delivers an event again.
    private static readonly TimeSpan Events = TimeSpan.FromDays(3);
    private static readonly TimeSpan Pictures = TimeSpan.FromDays(7), Talks = TimeSpan.FromDays(30), Short = TimeSpan.FromDays(2);

    /// <summary>One pass.</summary>
    /// <returns>Number of things thrown away.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        DateTimeOffset now = time.GetUtcNow();
        string firstNews = TimeOrderedId.Create(now - Short), firstHour = (now - Short).UtcDateTime.ToString("yyyyMMddHH", CultureInfo.InvariantCulture);
        // Keys of turns count down: what is greater is older.
        string lastTurn = Keys.NewestFirst(now - Talks, "");
        int swept = await events.ForgetAsync(now - Events, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Terminal, row => string.CompareOrdinal(row.Row, firstNews) < 0, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Lines, row => string.CompareOrdinal(row.Row, firstNews) < 0, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Quotas, row => string.CompareOrdinal(row.Row, firstHour) < 0, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Links, row => MomentOf(row, "until") < now, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Inputs, row => MomentOf(row, "until") < now, ct).ConfigureAwait(false);
        swept += await SweepAsync(BotNames.Talks, row => row.Row == TalkStore.StepRow
            ? MomentOf(row, "at") < now - Short
            : string.CompareOrdinal(row.Row, lastTurn) > 0, ct).ConfigureAwait(false);
        return swept + await SweepPicturesAsync(now - Pictures, ct).ConfigureAwait(false);
    }

    private async Task<int> SweepAsync(string table, Func<TableRow, bool> old, CancellationToken ct)
    {
        int swept = 0;
        await foreach (TableRow row in tables.QueryAllAsync(table, ct).ConfigureAwait(false))
        {
            if (old(row) && await tables.DeleteAsync(table, row.Partition, row.Row, row.ETag, ct).ConfigureAwait(false)) swept++;
        }

        return swept;
    }

    private async Task<int> SweepPicturesAsync(DateTimeOffset before, CancellationToken ct)
    {
        List<string> old = [];
        await foreach (BlobInfo picture in blobs.ListAsync(BotNames.Pictures, null, ct).ConfigureAwait(false))
        {
            if (picture.CreatedOn < before) old.Add(picture.Name);
        }

        foreach (string name in old) await blobs.DeleteAsync(BotNames.Pictures, name, ct).ConfigureAwait(false);
        return old.Count;
    }

    private static DateTimeOffset? MomentOf(TableRow row, string name)
    {
        using JsonDocument document = JsonDocument.Parse(row.Json);
        return document.RootElement.TryGetProperty(name, out JsonElement moment) && moment.TryGetDateTimeOffset(out DateTimeOffset at) ? at : null;
    }
}
