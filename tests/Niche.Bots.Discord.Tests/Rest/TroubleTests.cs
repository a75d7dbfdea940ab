using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Rest;

public sealed class TroubleTests : DiscordTest
{
    private static readonly int[] Statuses = [200, 201, 204, 400, 401, 403, 404, 413, 418, 500, 503];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override StandInOptions Options { get; } = new() { BucketSize = 100_000, PerSecond = 100_000 };

    [Fact]
    public async Task A_Discord_that_fails_for_a_moment_is_asked_again_when_that_does_no_harm()
    {
        Discord.Disturbances.Enqueue((502, "<html>Bad gateway</html>"));
        Discord.Disturbances.Enqueue((500, """{"message":"500: Internal Server Error","code":0}"""));
        Assert.True((await Rest.SendAsync(DiscordRoute.Gateway(), null, Patience, Ct)).IsSuccess);
    }

    [Fact]
    public async Task A_message_that_may_have_arrived_is_not_sent_again()
    {
        Discord.Disturbances.Enqueue((502, ""));
        DiscordAnswer answer = await PostAsync(new JsonObject { ["content"] = "hello" });
        Assert.Equal((DiscordErrorKind.Unavailable, 502), (answer.Error!.Kind, answer.Error.Status));
        Assert.True(answer.Error.IsTemporary);
    }

    [Fact]
    public async Task A_message_with_a_nonce_is_sent_again_and_stands_there_once()
    {
        StandInChannel channel = Discord.World.AddChannel();
        int calls = 0;
        Discord.Breaks = _ => Interlocked.Increment(ref calls) == 1;
        JsonObject body = new() { ["content"] = "hello", ["nonce"] = "n1", ["enforce_nonce"] = true };
        for (int i = 0; i < 2; i++)
            Assert.True((await Rest.SendAsync(DiscordRoute.Messages(channel.Id), new DiscordBody(body.DeepClone()), Patience, Ct, isRepeatable: true)).IsSuccess);
        Assert.Single(Discord.World.Messages);
        Assert.True(calls >= 3);
    }

    [Theory]
    [InlineData(ChannelState.Left, DiscordErrorKind.Forbidden, 50001)]
    [InlineData(ChannelState.ReadOnly, DiscordErrorKind.Forbidden, 50013)]
    [InlineData(ChannelState.Deleted, DiscordErrorKind.ChannelGone, 10003)]
    public async Task Channels_that_do_not_take_messages_say_why(ChannelState state, DiscordErrorKind kind, int code)
    {
        StandInChannel channel = Discord.World.AddChannel();
        channel.State = state;
        DiscordAnswer answer = await Rest.SendAsync(DiscordRoute.Messages(channel.Id), new DiscordBody(new JsonObject { ["content"] = "hello" }), Patience, Ct);
        Assert.Equal((kind, code), (answer.Error!.Kind, answer.Error.Code));
        Assert.False(answer.Error.IsTemporary);
    }

    [Fact]
    public async Task Whatever_Discord_answers_is_a_value_or_a_typed_error()
    {
        Gen<string> json = Gen.OneOf(
            Gen.String, Gen.Const("null"), Gen.Const("[]"), Gen.Const("""{"code":1e400}"""), Gen.Const("""{"code":"x","message":5,"retry_after":"soon"}"""),
            Gen.Const("""{"message":"\ud800","code":10008}"""), Gen.Const("""{"retry_after":-1}"""), Gen.Const("""{"retry_after":1e300}"""), Gen.Const("""{"id":"x"}"""),
            Gen.Const("""{"id":"\ud800"}"""), Gen.Const(new string('[', 5000)));
        List<(int Status, string Body)> answers = [];
        Gen.Select(Gen.Int[0, Statuses.Length - 1], json).Sample((which, body) => answers.Add((Statuses[which], body)), iter: 300, threads: 1);
        using HttpClient http = new() { BaseAddress = Discord.ApiBase };
        DiscordRest rest = new(
            http, Discord.Token, new RateLimits(TimeProvider.System, 100_000), new InvalidRequests(TimeProvider.System, int.MaxValue), TimeProvider.System, NullLogger<DiscordRest>.Instance);
        foreach ((int status, string body) in answers)
        {
            // One may be left over: a connection that the server closes meanwhile is an error without an answer.
            Discord.Disturbances.Clear();
            Discord.Disturbances.Enqueue((status, status == 204 ? "" : body));
            DiscordAnswer answer = await rest.SendAsync(DiscordRoute.Messages(5), new DiscordBody(new JsonObject()), TimeSpan.Zero, Ct);
            Assert.True(answer.IsSuccess ? status < 300 && answer.Id is null : answer.Error.Kind == DiscordErrorKind.Unavailable || status >= 400, $"{status} {answer.Error}");
        }
    }

    [Fact]
    public async Task An_answer_without_end_is_given_up()
    {
        Discord.Disturbances.Enqueue((200, new string(' ', DiscordRest.MaxAnswerBytes + 1)));
        Assert.Equal(DiscordErrorKind.Unavailable, (await PostAsync(new JsonObject { ["content"] = "hello" })).Error!.Kind);
    }

    [Fact]
    public async Task Neither_errors_nor_their_words_hold_the_token_of_an_interaction()
    {
        DiscordRoute route = DiscordRoute.FollowUp(Discord.World.Application, "secret-token");
        DiscordAnswer answer = await Rest.SendAsync(route, new DiscordBody(new JsonObject { ["content"] = "x" }), Patience, Ct);
        Assert.Equal(DiscordErrorKind.TokenVoid, answer.Error!.Kind);
        Assert.DoesNotContain("secret-token", answer.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void File_names_hold_nothing_that_a_system_could_misread() => Gen.Select(Gen.String, Gen.Bool).Sample((name, isSpoiler) =>
    {
        string safe = FileNames.Safe(name, isSpoiler);
        return Encoding.UTF8.GetByteCount(safe) is > 0 and <= FileNames.MaxLength + 8 && safe.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            && safe[0] is not ('.' or '-') && Uri.TryCreate("attachment://" + safe, UriKind.Absolute, out _) && (!isSpoiler || safe.StartsWith("SPOILER_", StringComparison.Ordinal));
    });

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(@"C:\Windows\con.png", "con.png")]
    [InlineData("a\r\nX-Evil: 1.png", "aX-Evil1.png")]
    [InlineData("кот.png", "png")]
    [InlineData("", "file")]
    [InlineData("....", "file")]
    [InlineData("-rf.png", "rf.png")]
    [InlineData("1..0.png", "10.png")]
    [InlineData("a_.-_", "a")]
    [InlineData("x.a-b", "x.ab")]
    public void Hostile_file_names_become_plain_ones(string name, string expected) => Assert.Equal(expected, FileNames.Safe(name));

    private Task<DiscordAnswer> PostAsync(JsonObject body) =>
        Rest.SendAsync(DiscordRoute.Messages(Discord.World.AddChannel().Id), new DiscordBody(body), Patience, Ct);
}
