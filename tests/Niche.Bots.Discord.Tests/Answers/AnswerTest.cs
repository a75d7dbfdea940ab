using Microsoft.Extensions.Time.Testing;
using Niche.Bots.Discord.Tests.Rig;
using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.DiscordStandIn;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Answers;

/// <summary>A test of answers, on a clock of its own that both sides have.</summary>
public abstract class AnswerTest : EndpointTest
{
    protected AnswerTest() => Options = new StandInOptions { Time = Time, BucketSize = 1000, PerSecond = 1000 };

    protected FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddYears(58));

    protected override StandInOptions Options { get; }

    protected async Task<(OpenInteraction Asked, Place Place)> AskAsync(StandInChannel? channel = null, bool isPrivate = false)
    {
        Desk.Say(new Acknowledgement.Later(isPrivate));
        OpenInteraction asked = await SendAsync(Discord.Make.Command(Anna, channel ?? Discord.World.AddChannel(), "imagine", ("prompt", "a house")));
        return (asked, Desk.Events.Last().Place);
    }

    protected async Task<Picture> PictureAsync(int bytes = 1000, bool isSpoiler = false)
    {
        string name = $"{Guid.NewGuid():n}/0.png";
        await Blobs.PutAsync("images", name, new byte[bytes], "image/png", Ct);
        return new Picture("images", name, "niche.png", "a house on a hill", isSpoiler);
    }

    protected static async Task<PlatformException> FaultAsync(Func<Task> call, PlatformFault expected)
    {
        PlatformException fault = await Assert.ThrowsAsync<PlatformException>(call);
        Assert.Equal(expected, fault.Fault);
        return fault;
    }
}
