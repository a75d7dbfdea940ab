using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Discord.Interactions;
using Niche.Bots.Discord.Tests.Rig;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;
using Niche.Storage;

namespace Niche.Bots.Discord.Tests.Interactions;

public sealed class SignatureTests : EndpointTest
{
    public static TheoryData<Forgery> Forgeries => [.. Enum.GetValues<Forgery>().Where(forgery => forgery != Forgery.None)];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task What_Discord_did_not_sign_is_refused_with_401_and_reaches_nobody(Forgery forgery)
    {
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "imagine", ("prompt", "a house"));
        Assert.Equal(401, (await SendAsync(asked, forgery)).Status);
        Assert.Empty(Desk.Events);
    }

    [Fact]
    public async Task A_ping_is_answered_by_a_pong()
    {
        OpenInteraction ping = await SendAsync(Discord.Make.Ping());
        Assert.Equal("""{"type":1}""", ping.Callback!.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Even_a_ping_needs_its_signature(Forgery forgery) => Assert.Equal(401, (await SendAsync(Discord.Make.Ping(), forgery)).Status);

    [Fact]
    public async Task A_body_without_end_is_refused_before_it_is_verified()
    {
        byte[] body = new byte[InteractionReader.MaxBytes + 1];
        Assert.Equal(413, (await Discord.Sender.SendAsync(Address, body, null, Forgery.None, Ct)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"type":2}""")]
    [InlineData("""{"type":99,"id":"1","application_id":"1","token":"t"}""")]
    [InlineData("""{"type":1,"id":1,"application_id":"1","token":"t"}""")]
    [InlineData("""{"type":1,"type":1,"id":"1","application_id":"1","token":"t"}""")]
    [InlineData("""{"type":1,"id":"1","application_id":"1","token":"\ud800"}""")]
    public async Task What_is_signed_but_no_interaction_is_refused_with_400(string body) =>
        Assert.Equal(400, (await Discord.Sender.SendAsync(Address, Encoding.UTF8.GetBytes(body), null, Forgery.None, Ct)).Status);

    [Fact]
    public async Task When_the_event_cannot_be_kept_Discord_hears_that_it_failed()
    {
        Desk.Says = _ => throw new StorageException(StorageErrorCode.Unavailable, "The disk is away.");
        OpenInteraction asked = Discord.Make.Command(Anna, Discord.World.AddChannel(), "help");
        Assert.Equal(503, (await Discord.Sender.SendAsync(Address, asked, Ct)).Status);
    }

    [Fact]
    public void A_timestamp_may_be_a_minute_off_and_no_more()
    {
        FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
        InteractionVerifier verifier = new(Discord.Sender.PublicKey, time);
        SignatureVerdict At(long seconds) => verifier.Verify(Discord.Sender.Sign($"{seconds}", "{}"u8), $"{seconds}", "{}"u8);
        Assert.Equal(SignatureVerdict.Genuine, At(1_800_000_060));
        Assert.Equal(SignatureVerdict.Genuine, At(1_799_999_940));
        Assert.Equal(SignatureVerdict.Stale, At(1_800_000_061));
        Assert.Equal(SignatureVerdict.Stale, At(1_799_999_939));
        Assert.Equal(SignatureVerdict.Stale, At(9_999_999_999_999_999));
    }

    [Fact]
    public void No_bytes_in_headers_or_body_make_the_check_throw_or_pass()
    {
        InteractionVerifier verifier = new(Discord.Sender.PublicKey, TimeProvider.System);
        Gen<string> hex = Gen.Char["0123456789abcdefABCDEF"].Array[128].Select(chars => new string(chars));
        Gen.Select(Gen.OneOf(Gen.String, hex), Gen.OneOf(Gen.String, Gen.Long.Select(number => $"{number}"), Gen.Const($"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}")), Gen.Byte.Array[0, 300])
            .Sample((signature, timestamp, body) => verifier.Verify(signature, timestamp, body) != SignatureVerdict.Genuine);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000")]
    public void A_public_key_that_is_none_is_told_at_the_start(string key) =>
        Assert.Throws<ArgumentException>(() => new InteractionVerifier(key, TimeProvider.System));
}
