using System.Globalization;
using Niche.Storage;
using Niche.Storage.Embedded;

namespace Niche.Benchmarks;

internal static class QueueBenchmark
{
    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        List<Measurement> results = [];
        foreach (int callers in new[] { 1, 8, 32 })
        {
            DirectoryInfo folder = Directory.CreateTempSubdirectory("niche-bench-");
            await using (EmbeddedStorage storage = EmbeddedStorage.Open(new EmbeddedOptions(folder.FullName), TimeProvider.System))
            {
                IQueueStore queues = storage.Queues;
                double rate = await Sample.RateAsync(callers, 8000 / callers, async (_, _) =>
                {
                    await queues.PutAsync("bench", "{\"jobId\":\"0123456789\",\"index\":0}", null, null, ct).ConfigureAwait(false);
                    foreach (QueueItem item in await queues.ReceiveAsync("bench", 1, TimeSpan.FromMinutes(1), ct).ConfigureAwait(false))
                        await queues.DeleteAsync("bench", item.Id, item.PopReceipt, ct).ConfigureAwait(false);
                }).ConfigureAwait(false);
                results.Add(new Measurement(
                    $"put+get+delete, {callers} callers", rate.ToString("#,0 /s", CultureInfo.InvariantCulture), callers == 8 ? ">= 5,000 /s" : ""));
            }

            folder.Delete(recursive: true);
        }

        return [.. results];
    }
}
