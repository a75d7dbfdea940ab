using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Niche.Bittensor.Timelock;

namespace Niche.Benchmarks;

internal static class TimelockBenchmark
{
    private const int Weights = 256, Times = 20;

    // A round of which the signature is known.
    private const ulong Round = 1000;

    private static readonly byte[] Signature = Convert.FromHexString("B44679B9A59AF2EC876B1A6B1AD52EA9B1615FC3982B19576350F93447CB1125E342B73A8DD2BACBE47E4B6B63ED5E39");

    public static Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        ushort[] uids = [.. Enumerable.Range(0, Weights).Select(uid => (ushort)uid)];
        WeightsPayload payload = new(RandomNumberGenerator.GetBytes(WeightsPayload.HotkeyBytes), uids, uids, 1);
        TimelockCiphertext locked = TimelockCipher.Encrypt(payload.Encode(), Round);
        return Task.FromResult<Measurement[]>(
        [
            new($"lock a commit of {Weights} weights", Time(() => TimelockCipher.Encrypt(payload.Encode(), Round).ToBytes(), ct), "<= 50 ms"),
            new("open it with the round's signature", Time(() => TimelockCipher.Decrypt(locked, Signature), ct)),
            new("check the signature of a round", Time(() => DrandQuicknet.Verify(Round, Signature), ct)),
        ]);
    }

    // One thread; the best of ten: noise only ever adds. The first compile and tier up.
    private static string Time(Action work, CancellationToken ct)
    {
        double best = double.MaxValue;
        for (int run = 0; run < 10; run++)
        {
            ct.ThrowIfCancellationRequested();
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Times; i++) work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds / Times);
        }

        return best.ToString("0.0 ms", CultureInfo.InvariantCulture);
    }
}
