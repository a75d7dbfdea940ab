using Microsoft.Extensions.DependencyInjection;
using Niche.Bots.People;
using Niche.DiscordStandIn.World;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Discord;

/// <summary>What happens when a token ends before the picture is there: here after two seconds, which the bot cannot know.</summary>
public sealed class TokenEndTests(SharedSubnet shared) : IAsyncLifetime
{
    private static readonly StandInUser Anna = new(101, "Anna");
    private readonly DiscordSubnet _subnet = new(shared) { TokenLife = TimeSpan.FromSeconds(2) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private StandInWorld World => _subnet.Discord.World;

    public ValueTask InitializeAsync() => _subnet.InitializeAsync();

    public ValueTask DisposeAsync() => _subnet.DisposeAsync();

    [Fact]
    public async Task A_picture_after_the_end_of_the_token_comes_by_the_channel()
    {
        OpenInteraction asked = await AskAndWaitAsync(isPrivate: false);
        _subnet.Subnet.Miner.Release();
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original!.Files.Count == 1));
        Assert.Empty(World.Privates);
        Assert.Empty(_subnet.Discord.Faults);
    }

    [Theory]
    [InlineData(ChannelState.Left)]
    [InlineData(ChannelState.Deleted)]
    [InlineData(ChannelState.Open)]
    public async Task Where_the_channel_or_the_message_is_gone_the_picture_comes_to_the_person_alone(ChannelState state)
    {
        OpenInteraction asked = await AskAndWaitAsync(isPrivate: false);
        asked.Channel!.State = state;
        if (state == ChannelState.Open) asked.Original!.IsDeleted = true;
        _subnet.Subnet.Miner.Release();
        await DirectAsync();
        Assert.Empty(_subnet.Discord.Faults);
    }

    [Fact]
    public async Task A_private_picture_comes_to_the_person_alone_and_its_buttons_work_there()
    {
        OpenInteraction asked = await AskAndWaitAsync(isPrivate: true);
        _subnet.Subnet.Miner.Release();
        StandInMessage message = await DirectAsync();
        Assert.Empty(asked.Original!.Files);
        Assert.DoesNotContain(_subnet.Discord.CallsOf("create_message"), entry => entry.Call.Path.Contains($"{asked.Channel!.Id}", StringComparison.Ordinal));
        OpenInteraction pressed = await SendAsync(_subnet.Discord.Make.Press(Anna, message, (string)message.Button("Info")["custom_id"]!));
        await Eventually.TrueAsync(() => Task.FromResult(pressed.Original is { IsLoading: false } info && info.Text.Contains("a house at sunset", StringComparison.Ordinal)));
        Assert.Empty(_subnet.Discord.Faults);
    }

    [Fact]
    public async Task Who_takes_no_private_messages_is_told_with_the_next_command()
    {
        World.PrivateWith(Anna.Id).State = ChannelState.Unwanted;
        await AskAndWaitAsync(isPrivate: true);
        _subnet.Subnet.Miner.Release();
        PersonStore people = _subnet.Subnet.Services.GetRequiredService<PersonStore>();
        await Eventually.TrueAsync(async () => (await people.GetAsync("discord", $"{Anna.Id}", Ct)).Unseen.Count == 1);
        Assert.Contains(_subnet.Discord.CallsOf("create_message"), entry => entry.Answer.Status == 403);
        OpenInteraction next = await SendAsync(_subnet.Discord.Make.Command(Anna, World.AddChannel(), "models"));
        await Eventually.TrueAsync(() => Task.FromResult(next.Messages.Any(message => message.IsEphemeral && message.Text.Contains("could not reach you", StringComparison.Ordinal))));
        StandInMessage told = next.Messages[^1];
        Assert.Contains("a house at sunset", told.Text, StringComparison.Ordinal);
        // Written down once it was said: whoever is faster than that is told again.
        await Eventually.TrueAsync(async () => (await people.GetAsync("discord", $"{Anna.Id}", Ct)).Unseen.Count == 0);
        OpenInteraction history = await SendAsync(_subnet.Discord.Make.Command(Anna, World.AddChannel(), "history"));
        await Eventually.TrueAsync(() => Task.FromResult(history.Original!.Text.Contains("a house at sunset", StringComparison.Ordinal)));
        Assert.Single(history.Messages);
        Assert.Empty(_subnet.Discord.Faults);
    }

    private async Task<OpenInteraction> AskAndWaitAsync(bool isPrivate)
    {
        _subnet.Subnet.Miner.Hold();
        OpenInteraction asked = await SendAsync(_subnet.Discord.Make.Command(
            Anna, World.AddChannel(), "imagine", ("prompt", "a house at sunset"), ("steps", 4), ("count", 1), ("private", isPrivate)));
        await Eventually.TrueAsync(() => Task.FromResult(asked.Original is { IsLoading: false }));
        Assert.Equal(isPrivate, asked.Original!.IsEphemeral);
        await Eventually.TrueAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow() - asked.At > TimeSpan.FromSeconds(2)));
        return asked;
    }

    private async Task<OpenInteraction> SendAsync(OpenInteraction interaction)
    {
        Assert.True((await _subnet.Discord.Sender.SendAsync(_subnet.Interactions, interaction, Ct)).IsTaken);
        return interaction;
    }

    private async Task<StandInMessage> DirectAsync()
    {
        StandInMessage? Find() => World.Privates.TryGetValue(Anna.Id, out StandInChannel? chat) ? World.Messages.Values.FirstOrDefault(message => message.Channel == chat.Id) : null;
        await Eventually.TrueAsync(() => Task.FromResult(Find() is not null));
        Assert.True(Find()!.Files.Count == 1, Find()!.Text);
        Assert.Contains("could no longer answer", Find()!.Text, StringComparison.Ordinal);
        return Find()!;
    }
}
