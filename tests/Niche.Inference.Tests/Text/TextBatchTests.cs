using Niche.Inference.Models;
using Niche.Inference.Text;
using Niche.TinyModels.Text;

namespace Niche.Inference.Tests.Text;

/// <summary>What joins and leaves a batch, and that nobody in it notices.</summary>
public sealed class TextBatchTests(DemoModels models) : IDisposable
{
    private static readonly string[] Prompts = ["a red", "", "two", "a castle in the mountains at night", "a white lighthouse"];
    private readonly string _root = Directory.CreateTempSubdirectory("niche-text-").FullName;

    public static TheoryData<string> Families() => [.. TinyTextForm.All.Select(form => form.Family)];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task Texts_of_a_batch_are_those_that_come_out_alone(string family)
    {
        using var generator = Load(TinyTextForm.All.Single(form => form.Family == family));

        await AssertAsAlone(generator, new TextBatch(generator, 6), 12);
    }

    [Fact]
    public async Task So_are_those_of_a_graph_that_counts_positions_inside_where_each_row_runs_alone()
    {
        using var generator = Load(TinyTextForm.Llama with { Positions = false });

        await AssertAsAlone(generator, new TextBatch(generator, 6), 12);
    }

    [Fact]
    public async Task So_are_those_of_half_caches_and_of_the_demo_model()
    {
        using var generator = Load(TinyTextForm.Qwen with { HalfCache = true, Keep = true });

        await AssertAsAlone(generator, new TextBatch(generator, 4), 8);
        await AssertAsAlone(models.Text, new TextBatch(models.Text, 8), 40);
    }

    [Fact]
    public async Task Texts_that_are_made_together_share_their_runs()
    {
        using var time = new StoppingTime(runs: 0);
        using var generator = Load(TinyTextForm.Llama, time);
        var batch = new TextBatch(generator, 8);
        var request = new TextRequest { Prompt = "a", MaxTokens = 40, MinTokens = 40 };

        var making = Enumerable.Range(0, 8).Select(seed => Whole(batch, request with { Seed = (uint)seed })).ToArray();
        time.GoOn();
        var texts = await Task.WhenAll(making);

        Assert.All(texts, text => Assert.Equal(40, text.Count));
        // Alone they would take 320. Some may have come after the first had begun, and then they join one token later.
        Assert.InRange(batch.Runs, 8 + 39, 8 + 40);
    }

    [Fact]
    public async Task Numbers_that_are_not_finite_take_their_text_out_of_the_batch_and_no_other()
    {
        using var generator = Load(TinyTextForm.Llama with { Poison = '!' });
        var batch = new TextBatch(generator, 8);
        var good = Requests(5).Select(request => request with { LogitBias = new Dictionary<int, double> { ['!'] = -100 } }).ToArray();
        // This one is well until it says the word itself, in the middle of the others.
        var later = new TextRequest { Prompt = "a", MaxTokens = 30, Temperature = 0, LogitBias = new Dictionary<int, double> { ['!'] = 100 } };

        var texts = good.Select(request => Whole(batch, request)).ToArray();
        var errors = await Task.WhenAll(Failure(batch, later), Failure(batch, later with { Prompt = "what!" }), Failure(batch, later));

        Assert.All(errors, error => Assert.Equal("logits_not_finite", error.Code));
        await Task.WhenAll(texts);
        for (var i = 0; i < good.Length; i++) AssertSame(generator.Complete(good[i], TestContext.Current.CancellationToken).Pieces, await texts[i]);
    }

    [Fact]
    public async Task Whoever_stops_reading_or_cancels_leaves_and_the_others_go_on()
    {
        using var generator = Load(TinyTextForm.Gemma);
        var batch = new TextBatch(generator, 8);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var endless = new TextRequest { Prompt = "a", MaxTokens = 60, MinTokens = 60 };
        var good = Requests(4).ToArray();

        var texts = good.Select(request => Whole(batch, request)).ToArray();
        await foreach (var piece in batch.StreamAsync(endless, TestContext.Current.CancellationToken)) break;
        await using var cancelled = batch.StreamAsync(endless, cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await cancelled.MoveNextAsync());
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled.MoveNextAsync());
        for (var i = 0; i < good.Length; i++) AssertSame(generator.Complete(good[i], TestContext.Current.CancellationToken).Pieces, await texts[i]);
    }

    [Fact]
    public async Task Whatever_comes_and_goes_every_text_is_the_beginning_of_the_one_alone_and_the_batch_is_empty_in_the_end()
    {
        using var generator = Load(TinyTextForm.Qwen with { Keep = true });
        var batch = new TextBatch(generator, 4);
        var requests = Requests(60).ToArray();
        // Read to the end, stop reading after so many pieces, or cancel then.
        async Task<IReadOnlyList<TextPiece>> Visit(int i)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var (pieces, most) = (new List<TextPiece>(), i % 3 == 0 ? int.MaxValue : i % 7);
            if (i % 3 == 2 && most == 0) await cancel.CancelAsync();
            try
            {
                await foreach (var piece in batch.StreamAsync(requests[i], cancel.Token))
                {
                    pieces.Add(piece);
                    if (pieces.Count < most) continue;
                    if (i % 3 == 1) break;
                    await cancel.CancelAsync();
                }
                return pieces;
            }
            catch (OperationCanceledException) when (i % 3 == 2)
            {
                return pieces;
            }
        }

        var visits = await Task.WhenAll(Enumerable.Range(0, requests.Length).Select(i => Task.Run(() => Visit(i), TestContext.Current.CancellationToken)));

        for (var i = 0; i < visits.Length; i++)
        {
            var alone = generator.Complete(requests[i], TestContext.Current.CancellationToken).Pieces;
            AssertSame([.. alone.Take(visits[i].Count)], visits[i]);
            if (i % 3 == 0) Assert.Equal(alone.Count, visits[i].Count);
        }
        Assert.Equal((0, 0), (batch.Running, batch.Waiting));
    }

    [Fact]
    public async Task More_texts_than_there_is_room_for_wait_and_may_give_up_waiting()
    {
        using var time = new StoppingTime(runs: 1);
        using var generator = Load(TinyTextForm.Phi, time);
        var batch = new TextBatch(generator, 1);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var request = new TextRequest { Prompt = "a", MaxTokens = 50, MinTokens = 50 };
        await using var first = batch.StreamAsync(request, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await first.MoveNextAsync());
        await using var impatient = batch.StreamAsync(request, cancel.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var moving = impatient.MoveNextAsync().AsTask();
        var second = Whole(batch, request with { Seed = 9 });
        var before = (batch.Running, batch.Waiting);

        await cancel.CancelAsync();
        time.GoOn();

        Assert.Equal((1, 2), before);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => _ = await moving && await impatient.MoveNextAsync());
        while (await first.MoveNextAsync()) Assert.InRange(batch.Running, 0, 1);
        AssertSame(generator.Complete(request with { Seed = 9 }, TestContext.Current.CancellationToken).Pieces, await second);
        Assert.Equal(0, batch.Waiting);
    }

    [Fact]
    public async Task A_prompt_that_does_not_fit_is_refused_before_it_joins()
    {
        using var generator = Load(TinyTextForm.Llama);
        var batch = new TextBatch(generator, 2);

        var error = await Failure(batch, new TextRequest { Prompt = new string('x', 70) });

        Assert.Equal(("prompt_too_long", 0), (error.Code, batch.Runs));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static async Task AssertAsAlone(TextGenerator generator, TextBatch batch, int count)
    {
        var requests = Requests(count).ToArray();
        var together = await Task.WhenAll(requests.Select(request => Whole(batch, request)));

        for (var i = 0; i < count; i++) AssertSame(generator.Complete(requests[i], TestContext.Current.CancellationToken).Pieces, together[i]);
        Assert.Equal((0, 0), (batch.Running, batch.Waiting));
    }

    private static void AssertSame(IReadOnlyList<TextPiece> alone, IReadOnlyList<TextPiece> together)
    {
        Assert.Equal(alone.Select(piece => (piece.Text, piece.Token?.Id, piece.FinishReason, piece.PromptTokens)),
            together.Select(piece => (piece.Text, piece.Token?.Id, piece.FinishReason, piece.PromptTokens)));
        foreach (var (one, other) in alone.Zip(together))
        {
            if (one.Token is not null) Assert.Equal(one.Token.Logprob, other.Token!.Logprob, 1e-3);
        }
    }

    // Of all lengths and rules.
    private static IEnumerable<TextRequest> Requests(int count) => Enumerable.Range(0, count).Select(i => new TextRequest
    {
        Prompt = Prompts[i % Prompts.Length],
        Seed = (uint)i,
        MaxTokens = 3 + (i * 7 % 30),
        Temperature = i % 3 * 0.5,
        TopK = i % 4 * 10,
        RepetitionPenalty = i % 2 == 0 ? 1 : 1.2,
        TopLogprobs = i % 3,
    });

    private static Task<IReadOnlyList<TextPiece>> Whole(TextBatch batch, TextRequest request) => Read(batch, request, TestContext.Current.CancellationToken);

    private static async Task<IReadOnlyList<TextPiece>> Read(TextBatch batch, TextRequest request, CancellationToken cancellation)
    {
        var pieces = new List<TextPiece>();
        await foreach (var piece in batch.StreamAsync(request, cancellation)) pieces.Add(piece);
        return pieces;
    }

    private static Task<InferenceException> Failure(TextBatch batch, TextRequest request) => Assert.ThrowsAsync<InferenceException>(() => Whole(batch, request));

    private TextGenerator Load(TinyTextForm form, TimeProvider? time = null) =>
        TextGenerator.Load(ModelFolder.Open(TinyText.Write(Path.Combine(_root, Guid.NewGuid().ToString("N")), form)), new SessionSettings(1), time ?? TimeProvider.System);
}
