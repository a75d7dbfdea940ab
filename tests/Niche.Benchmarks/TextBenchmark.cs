using System.Diagnostics;
using System.Globalization;
using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels.Text;

namespace Niche.Benchmarks;

/// <summary>
/// The demo model, and a model with the vocabulary of Llama 3 over so little else that a run costs a twentieth of what it costs in the smallest real one:
/// what is done for each token outside weighs more here than it ever will.
/// </summary>
internal static class TextBenchmark
{
    private const int Rounds = 3;
    private const int CheckedTokens = 256;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3), Enough = TimeSpan.FromSeconds(1);
    private static readonly TextRequest Plain = new() { Prompt = "a red", MaxTokens = 32 };

    private static readonly (string Name, TextRequest Request)[] Rules =
    [
        ("greedy", Plain with { Temperature = 0 }),
        ("the whole vocabulary", Plain),
        ("temperature 0.9, top-k 40, 5 log-probabilities", Plain with { Temperature = 0.9, TopK = 40, TopLogprobs = 5 }),
        ("temperature 0.7, top-p 0.95, min-p 0.05, all penalties",
            Plain with { Temperature = 0.7, TopP = 0.95, MinP = 0.05, RepetitionPenalty = 1.1, PresencePenalty = 0.2, FrequencyPenalty = 0.2 }),
    ];

    public static async Task<Measurement[]> RunAsync(CancellationToken ct)
    {
        string path = Directory.CreateTempSubdirectory("niche-bench-text-").FullName;
        try
        {
            TinyTextForm form = TinyTextForm.Qwen with { Width = 512, Vocabulary = 128_256, Tokens = 128_256, Context = 1024, EmbeddingScale = 0.35f, Keep = true };
            using TextGenerator demo = Load(Path.Combine(AppContext.BaseDirectory, "models", "niche-prompt-lm"));
            using TextGenerator wide = Load(TinyText.Write(path, form));
            // The compiler does its best once it has seen a method often, and a little later.
            Stopwatch warm = Stopwatch.StartNew();
            for (uint seed = 0; warm.Elapsed < WarmUp; seed++)
                foreach ((_, TextRequest request) in Rules) demo.Complete(request with { Seed = seed }, ct);
            List<Measurement> results = [];
            foreach ((string model, TextGenerator generator) in new[] { ("demo model, 833 tokens", demo), ("128,256 tokens, width 512", wide) })
                results.AddRange(Rules.Select(rule => Overhead($"{model}: {rule.Name}", generator, rule.Request, ct)));
            results.Add(Check(wide, ct));
            foreach (int texts in new[] { 2, 8 }) results.Add(await TogetherAsync(wide, texts, ct).ConfigureAwait(false));
            return [.. results];
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static TextGenerator Load(string path) => TextGenerator.Load(ModelFolder.Open(path), new SessionSettings(1), TimeProvider.System);

    private static Measurement Overhead(string what, TextGenerator generator, TextRequest request, CancellationToken ct)
    {
        List<double> overheads = [], tokens = [];
        Stopwatch spent = Stopwatch.StartNew();
        for (int round = -2; round < 3 * Rounds || spent.Elapsed < Enough; round++)
        {
            RunClock clock = new(TimeProvider.System);
            TextResult result = default!;
            double total = Milliseconds(() => result = generator.Complete(request with { Seed = (uint)(100 + round) }, ct, clock));
            if (round < 0) continue;
            overheads.Add((total / clock.Elapsed.TotalMilliseconds) - 1);
            tokens.Add(total / result.Pieces.Count);
        }

        return new Measurement(what, string.Create(CultureInfo.InvariantCulture,
            $"{Median(tokens):0.00} ms a token; outside ONNX Runtime {Median(overheads) * 100:0.0} % of the time inside (median of {overheads.Count})"), "<= 5 %");
    }

    private static Measurement Check(TextGenerator generator, CancellationToken ct)
    {
        List<double> ratios = [], times = [];
        int runs = 0;
        int[] tokens = [];
        double made = 0;
        for (int round = -1; round < Rounds; round++)
        {
            // Made once in each round, so that a slow minute slows both.
            made = Milliseconds(() => tokens = [.. generator.Complete(Plain with { MaxTokens = CheckedTokens, MinTokens = CheckedTokens }, ct).Pieces.Select(piece => piece.Token!.Id)]);
            double check = Milliseconds(() => runs = generator.Check(Plain.Prompt, tokens, ct).Runs);
            if (round < 0) continue;
            ratios.Add(made / check);
            times.Add(check);
        }

        return new Measurement($"{tokens.Length} tokens checked (128,256 tokens, width 512)", string.Create(CultureInfo.InvariantCulture,
            $"{runs} run, {Median(times):0} ms: {Median(ratios):0.0} times as fast as making them (median of {Rounds})"), "1 run");
    }

    private static async Task<Measurement> TogetherAsync(TextGenerator generator, int texts, CancellationToken ct)
    {
        TextRequest[] requests = [.. Enumerable.Range(0, texts).Select(seed => Plain with { MinTokens = Plain.MaxTokens, Seed = (uint)seed, Temperature = 0.9, TopK = 40 })];
        TextBatch batch = new(generator, texts);
        List<double> ratios = [];
        for (int round = -1; round < Rounds; round++)
        {
            double alone = Milliseconds(() => { foreach (TextRequest request in requests) generator.Complete(request, ct); });
            long start = Stopwatch.GetTimestamp();
            await Task.WhenAll(requests.Select(request => ReadAsync(batch, request, ct))).ConfigureAwait(false);
            if (round >= 0) ratios.Add(alone / Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return new Measurement($"{texts} texts together (128,256 tokens, width 512)", string.Create(CultureInfo.InvariantCulture,
            $"{Median(ratios):0.00} times the tokens a second of {texts} one after the other (median of {Rounds})"));
    }

    private static async Task ReadAsync(TextBatch batch, TextRequest request, CancellationToken ct)
    {
        await foreach (TextPiece _ in batch.StreamAsync(request, ct).ConfigureAwait(false)) ct.ThrowIfCancellationRequested();
    }

    private static double Milliseconds(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
