using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;
using Niche.Subnet.Verification;
using Niche.Validator.Chat;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Chat;

public sealed class ChatTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_text_comes_in_pieces_with_an_end_and_its_audit_is_scored()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();

        IReadOnlyList<ChatPiece> pieces = await WriteAsync(node);

        Assert.True(pieces.Count >= 2);
        Assert.Equal("stop", pieces[^1].FinishReason);
        Assert.All(pieces.SkipLast(1), piece => Assert.NotEmpty(piece.Text));
        Assert.Single(await subnet.ScoreAsync(node));
        Assert.Equal([(VerdictOutcome.Verified, ReasonCodes.Match)], await node.VerdictsAsync(miner.Hotkey, Ask.TextModel));
    }

    [Theory]
    [InlineData("liar")]
    [InlineData("text-canned")]
    public async Task A_dishonest_text_earns_nothing(string kind)
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync(kind);
        ValidatorNode node = await subnet.AddValidatorAsync();

        await WriteAsync(node);
        await subnet.ScoreAsync(node);

        (VerdictOutcome outcome, string reason) = Assert.Single(await node.VerdictsAsync(miner.Hotkey, Ask.TextModel));
        Assert.Equal(kind == "liar" ? (VerdictOutcome.Invalid, ReasonCodes.Empty) : (VerdictOutcome.Wrong, ReasonCodes.OtherTokens), (outcome, reason));
    }

    [Fact]
    public async Task Before_the_first_piece_another_miner_takes_over_unseen()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner liar = await subnet.AddMinerAsync("liar"), honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(liar.Hotkey, Ask.TextModel);

        IReadOnlyList<ChatPiece> pieces = await WriteAsync(node);
        await subnet.ScoreAsync(node);

        Assert.Equal("stop", pieces[^1].FinishReason);
        Assert.DoesNotContain(pieces, piece => piece.Error is not null);
        Assert.Equal((VerdictOutcome.Invalid, ReasonCodes.Empty), (await node.VerdictsAsync(liar.Hotkey, Ask.TextModel))[^1]);
        Assert.Equal((VerdictOutcome.Verified, ReasonCodes.Match), (await node.VerdictsAsync(honest.Hotkey, Ask.TextModel))[^1]);
    }

    [Fact]
    public async Task A_break_in_the_middle_is_an_error_in_the_stream_and_no_second_text()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TaskCompletionSource read = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TestMiner breaking = await subnet.AddMinerAsync(decorate: work => new Breaking(work, read.Task));
        TestMiner honest = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        await node.FavourAsync(breaking.Hotkey, Ask.TextModel);

        IReadOnlyList<ChatPiece> pieces = await WriteAsync(node, read.SetResult);

        Assert.Equal("half a", string.Concat(pieces.Select(piece => piece.Text)));
        Assert.Equal(ErrorCodes.MinersFailed, pieces[^1].Error!.Code);
        Assert.Equal(0, await subnet.Storage.Queues.CountAsync(WorkNames.ScoreJobs, Ct));
        Assert.NotEqual(VerdictOutcome.Unverified, (await node.VerdictsAsync(breaking.Hotkey, Ask.TextModel))[^1].Outcome);
        Assert.Empty(await node.VerdictsAsync(honest.Hotkey, Ask.TextModel));
    }

    [Fact]
    public async Task Without_a_miner_the_error_is_the_first_piece()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();

        Assert.Equal(ErrorCodes.NoMinerAvailable, Assert.Single(await WriteAsync(node)).Error!.Code);
    }

    private static async Task<IReadOnlyList<ChatPiece>> WriteAsync(ValidatorNode node, Action? afterFirst = null)
    {
        JobDraft draft = new() { Kind = JobKind.Text, Prompt = "a red", Seed = 3, MaxTokens = 8 };
        JobRequest request = JobRequestValidator.Validate(draft, node.Get<SubnetPolicy>(), 0).Require();
        List<ChatPiece> pieces = [];
        await foreach (ChatPiece piece in node.Get<ChatService>().WriteAsync(new ChatRequest("chat", request), Ct))
        {
            pieces.Add(piece);
            if (pieces.Count == 1) afterFirst?.Invoke();
        }

        return pieces;
    }

    private sealed class Breaking(IMinerWork work, Task read) : IMinerWork
    {
        public Task<string> PaintAsync(ImageOrder order, CancellationToken ct) => work.PaintAsync(order, ct);

        public Task<JsonElement> WriteAsync(TextOrder order, CancellationToken ct) => work.WriteAsync(order, ct);

        public async IAsyncEnumerable<string> StreamAsync(TextOrder order, [EnumeratorCancellation] CancellationToken ct)
        {
            yield return "half a";
            await read.WaitAsync(ct);
            throw new IOException("The card fell off the bus.");
        }
    }
}
