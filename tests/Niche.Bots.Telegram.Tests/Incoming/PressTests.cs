using Niche.Bots.Incoming;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Bots.Telegram.Tests.Rig;
using Niche.TelegramStandIn;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.Bots.Telegram.Tests.Incoming;

/// <summary>Pressed buttons: told to the core, and the button stops turning at once.</summary>
public sealed class PressTests : AdapterTest
{
    private static readonly View Buttons = new() { Title = "Done", Buttons = [[new Button("v1.abc", "Again"), new Button("v1.del", "Delete", ButtonStyle.Danger)]] };

    [Fact]
    public async Task A_press_names_the_button_and_the_message()
    {
        MessageRef sent = await Platform.SendAsync(PlaceOf(Alice.Chat), Buttons, true, Ct);
        StandInQuery press = Alice.Presses(Alice.Chat.FromBot[0], "Again");
        ButtonEvent pressed = Assert.IsType<ButtonEvent>((await ReceiveAllAsync())[^1]);
        Assert.Equal(("v1.abc", sent.Channel, sent.Message), (pressed.ButtonId, pressed.Message.Channel, pressed.Message.Message));
        Assert.True(press.Answer.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_button_works_after_a_restart()
    {
        await Platform.SendAsync(PlaceOf(Alice.Chat), Buttons, true, Ct);
        await RestartAsync();
        Alice.Presses(Alice.Chat.FromBot[0], "Delete");
        ButtonEvent pressed = Assert.IsType<ButtonEvent>((await ReceiveAllAsync())[^1]);
        await Platform.DeleteAsync(pressed.Message, Ct);
        Assert.Empty(Alice.Chat.FromBot);
    }

    [Fact]
    public async Task A_press_that_the_core_has_nothing_to_say_to_stops_turning_as_well()
    {
        Desk.Answer = _ => new Acknowledgement.Nothing();
        await Platform.SendAsync(PlaceOf(Alice.Chat), Buttons, true, Ct);
        StandInQuery press = Alice.PressesData(Alice.Chat.FromBot[0], "made up");
        await ReceiveAllAsync();
        Assert.True(press.Answer.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task An_acknowledgement_that_comes_too_late_loses_nothing()
    {
        await Platform.SendAsync(PlaceOf(Alice.Chat), Buttons, true, Ct);
        await ReceiveAllAsync();
        Server.Add(Trouble.Refuse("answerCallbackQuery", ApiAnswer.Bad("query is too old and response timeout expired or query ID is invalid")));
        Alice.Presses(Alice.Chat.FromBot[0], "Again");
        Assert.IsType<ButtonEvent>(Assert.Single(await ReceiveAllAsync()));
    }

    [Fact]
    public async Task A_press_is_not_acknowledged_before_it_is_safe()
    {
        await Platform.SendAsync(PlaceOf(Alice.Chat), Buttons, true, Ct);
        await ReceiveAllAsync();
        Desk.Failures = 1;
        StandInQuery press = Alice.Presses(Alice.Chat.FromBot[0], "Again");
        await Assert.ThrowsAsync<InvalidOperationException>(ReceiveAllAsync);
        Assert.False(press.Answer.IsCompleted);
        Assert.Single(await ReceiveAllAsync());
        Assert.True(press.Answer.IsCompletedSuccessfully);
    }
}
