using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Niche.Bittensor.Keys;

namespace Niche.Benchmarks;

internal static partial class KeyBenchmark
{
    private const int Times = 2000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);

    public static Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        using Keypair key = Keypair.FromUri("//Alice");
        byte[] message = new byte[200], publicKey = key.PublicKey.ToArray(), scalar = new byte[32], point = new byte[32], product = new byte[32];
        scalar[0] = 7;
        byte[] signature = key.Sign(message);
        double multiply = Micro(() => _ = Multiply(point, scalar));
        double variable = Micro(() => _ = Multiply(product, scalar, publicKey));
        double sign = Micro(() => key.Sign(message));
        double verify = Micro(() => Keypair.Verify(publicKey, message, signature));
        double forged = Micro(() => Keypair.Verify(publicKey, publicKey, signature));
        return Task.FromResult<Measurement[]>(
        [
            new("libsodium multiplication of the base point, of any point", $"{Text(multiply)}, {Text(variable)}"),
            new("sign", $"{Text(sign)}, {Ratio(sign / multiply)} of the one multiplication it needs", "<= 1.3"),
            new("verify", $"{Text(verify)}, {Ratio(verify / (multiply + variable))} of the two multiplications it needs", "<= 1.3"),
            new("refuse a signature, read plain and in <Bytes>", $"{Text(forged)}, {Ratio(forged / (multiply + variable))} of the same two"),
        ]);
    }

    // Best of five: noise only ever adds. Before that the time the runtime needs to compile what it calls often.
    private static double Micro(Action work)
    {
        double best = double.MaxValue;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;) work();
        for (int run = 0; run < 5; run++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Times; i++) work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Times);
        }

        return best;
    }

    private static string Text(double microseconds) => microseconds.ToString("0.0 µs", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);

    [LibraryImport("libsodium", EntryPoint = "crypto_scalarmult_ristretto255_base")]
    private static partial int Multiply([Out] byte[] point, [In] byte[] scalar);

    [LibraryImport("libsodium", EntryPoint = "crypto_scalarmult_ristretto255")]
    private static partial int Multiply([Out] byte[] point, [In] byte[] scalar, [In] byte[] factor);
}
