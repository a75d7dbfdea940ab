using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

/// <summary>Every family and every kind of export end to end on the CPU, held against <see cref="PlainDecoder"/>.</summary>
public sealed class DecoderFamilyTests : IDisposable
{
    private static readonly Dictionary<string, TinyTextForm> Forms = new(StringComparer.Ordinal)
    {
        ["llama"] = TinyTextForm.Llama,
        ["gemma"] = TinyTextForm.Gemma,
        ["qwen2"] = TinyTextForm.Qwen,
        ["phi"] = TinyTextForm.Phi,
        ["llama without positions"] = TinyTextForm.Llama with { Positions = false },
        ["llama that keeps the last logits"] = TinyTextForm.Llama with { Keep = true },
        ["qwen2 with half caches"] = TinyTextForm.Qwen with { HalfCache = true, Keep = true },
        ["phi with narrow ids"] = TinyTextForm.Phi with { NarrowIds = true },
    };

    private static readonly int[] Ids = [263, 97, 32, 259, 100, 7, 7, 262, 0, 110, 263, 45];
    private readonly string _root = Directory.CreateTempSubdirectory("niche-text-").FullName;

    public static TheoryData<string> All() => [.. Forms.Keys];

    public static TheoryData<string> WithPositions() => [.. Forms.Where(form => form.Value.Positions).Select(form => form.Key)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_family_computes_what_its_formulas_say(string name)
    {
        using var graph = Load(name);

        var logits = Run(graph, [Ids.Length]);

        AssertClose([.. new PlainDecoder(Forms[name]).Logits(Ids).SelectMany(place => place)], logits, name.Contains("half", StringComparison.Ordinal) ? 0.02 : 2e-4);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_text_read_at_once_in_parts_and_token_by_token_gives_the_same_logits(string name)
    {
        using var graph = Load(name);
        var whole = Run(graph, [Ids.Length]);

        AssertClose([.. whole], Run(graph, [5, 3, 4]), 1e-5);
        AssertClose([.. whole], Run(graph, [.. Ids.Select(_ => 1)]), 1e-5);
    }

    [Fact]
    public void Logits_in_half_precision_are_the_single_ones_rounded()
    {
        using var single = Load("qwen2");
        var form = TinyTextForm.Qwen with { HalfLogits = true };
        var folder = ModelFolder.Open(TinyText.Write(Path.Combine(_root, "rounded"), form));
        using var half = DecoderGraph.Load(folder, new SessionSettings(1), DecoderConfig.Load(folder));

        AssertClose(Doubles(Run(single, [5, 1, 6])), Run(half, [5, 1, 6]), 0.01);
    }

    [Fact]
    public void A_prompt_whose_logits_would_take_too_much_memory_is_read_in_parts()
    {
        var logits = new float[2][];
        foreach (var (i, most) in new[] { 1 << 26, 5 * TinyTextForm.Llama.Vocabulary }.Index())
        {
            using var graph = DecoderGraph.Load(Folder("llama"), new SessionSettings(1), DecoderConfig.Load(Folder("llama")), most);
            using var run = new CancellableRun(TestContext.Current.CancellationToken);
            using var state = new DecoderState(graph);
            var clock = new RunClock(TimeProvider.System);

            state.Read(Ids, clock, run.Options);
            logits[i] = state.Logits(0).ToArray();

            Assert.Equal(i == 0 ? 1 : 3, clock.Calls);
        }
        AssertClose([.. logits[0]], logits[1], 1e-5);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Greedy_text_is_the_likeliest_token_of_the_formulas_at_every_place(string name)
    {
        using var generator = TextGenerator.Load(Folder(name), new SessionSettings(1), TimeProvider.System);

        var result = generator.Complete(new TextRequest { Prompt = "a red house", MaxTokens = 12, Temperature = 0 }, TestContext.Current.CancellationToken);

        var (plain, ids) = (new PlainDecoder(Forms[name]), new List<int> { 263, 97, 259, 32, 262 });
        foreach (var piece in result.Pieces)
        {
            var best = plain.Logits(ids)[^1].Take(264).Select((logit, id) => (logit, id)).Max();
            if (piece.Token is null) Assert.Equal(263, best.id);
            else Assert.Equal(best.id, piece.Token.Id);
            ids.Add(best.id);
        }
        Assert.Equal(5, result.PromptTokens);
    }

    [Theory]
    [MemberData(nameof(WithPositions))]
    public void Rows_of_different_length_go_on_side_by_side_as_they_would_alone(string name)
    {
        using var graph = Load(name);
        using var run = new CancellableRun(CancellationToken.None);
        var clock = new RunClock(TimeProvider.System);
        int[] lengths = [3, 9, 6];
        var alone = lengths.Select(_ => new DecoderState(graph)).ToArray();
        for (var i = 0; i < lengths.Length; i++) alone[i].Append(Ids.AsSpan(0, lengths[i]), 1, clock, run.Options);

        using var together = DecoderState.Gather(graph, [.. alone.Select(state => (state, 0))]);
        together.Append([1, 2, 3], 1, clock, run.Options);
        using var two = DecoderState.Gather(graph, [(together, 2), (together, 0)]);
        two.Append([5, 4], 1, clock, run.Options);

        for (var i = 0; i < lengths.Length; i++)
        {
            alone[i].Append([i + 1], 1, clock, run.Options);
            AssertClose(Doubles(alone[i].Logits(0)), together.Logits(i), 1e-5);
        }
        alone[0].Append([4], 1, clock, run.Options);
        AssertClose(Doubles(alone[0].Logits(0)), two.Logits(1), 1e-5);
        alone[2].Append([5], 1, clock, run.Options);
        AssertClose(Doubles(alone[2].Logits(0)), two.Logits(0), 1e-5);
        foreach (var state in alone) state.Dispose();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // Logits of all places, the text given in parts.
    private static float[] Run(DecoderGraph graph, int[] parts)
    {
        using var run = new CancellableRun(CancellationToken.None);
        using var state = new DecoderState(graph);
        List<float> logits = [];
        foreach (var part in parts)
        {
            state.Append(Ids.AsSpan(logits.Count / TinyTextForm.Llama.Vocabulary, part), part, new RunClock(TimeProvider.System), run.Options);
            for (var place = 0; place < part; place++) logits.AddRange(state.Logits(0, place));
        }
        return [.. logits];
    }

    private static double[] Doubles(ReadOnlySpan<float> logits) => [.. logits.ToArray()];

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max() - expected.Min() > 2, "Logits that hardly differ prove nothing.");
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }

    private DecoderGraph Load(string name) => DecoderGraph.Load(Folder(name), new SessionSettings(1), DecoderConfig.Load(Folder(name)));

    private ModelFolder Folder(string name)
    {
        var path = Path.Combine(_root, name);
        return ModelFolder.Open(Directory.Exists(path) ? path : TinyText.Write(path, Forms[name]));
    }
}
