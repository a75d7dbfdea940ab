using Niche.Bots.Buttons;
using Niche.Bots.Commands;
using Niche.Bots.Handlers;
using Niche.Bots.Incoming;
using Niche.Bots.Orders;
using Niche.Bots.Parsing;
using Niche.Bots.Texts;

namespace Niche.Bots.Handling;

/// <summary>Gives an event to whoever answers it.</summary>
public sealed class Dispatcher(
    IEnumerable<ICommandHandler> handlers, CommandBook book, ButtonHandler buttons, ButtonKeys keys, OrderStore orders, OrderFinder finder, EditForm form, InputForm inputs,
    Relatives relatives, OrderInfo info, ChatHandler chat)
{
    private static readonly string[] Personal =
        [CommandNames.History, CommandNames.Favorites, CommandNames.Link, CommandNames.Queue, CommandNames.Stats, CommandNames.Admin];

    private readonly Dictionary<string, ICommandHandler> _handlers = handlers.ToDictionary(handler => handler.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers an event.</summary>
    public Task RunAsync(Visit visit, CancellationToken ct) => visit.Happened switch
    {
        CommandEvent command => CommandAsync(visit, command, ct),
        MessageCommandEvent command => MessageCommandAsync(visit, command, ct),
        ButtonEvent button => ButtonAsync(visit, button, ct),
        FormEvent sent => FormAsync(visit, sent, ct),
        TextEvent text => TextAsync(visit, text, ct),
        InlineChosenEvent chosen => PaintAsync(visit, chosen.Query, [], ct),
        _ => Task.CompletedTask,
    };

    /// <summary>What an event is called in metrics: a known command, or its kind; never a stranger's word.</summary>
    public string NameOf(BotEvent happened) => happened switch
    {
        CommandEvent command => book.Find(command.Name)?.Name ?? (IsStart(command) ? CommandNames.Start : "unknown"),
        MessageCommandEvent command => book.MessageCommands.FirstOrDefault(known => known.Name == command.Name)?.Name ?? "unknown",
        _ => happened.GetType().Name,
    };

    private async Task CommandAsync(Visit visit, CommandEvent command, CancellationToken ct)
    {
        if (IsStart(command)) command = command with { Name = CommandNames.Help, Text = "", Options = new Dictionary<string, string>() };
        if (book.Find(command.Name) is not { } spec || !_handlers.TryGetValue(spec.Name, out ICommandHandler? handler))
        {
            await visit.RefuseAsync("error.unknown-command", ct).ConfigureAwait(false);
            return;
        }

        CommandInput input = Read(spec, command);
        if (IsTooPrivate(visit, spec))
        {
            await visit.RefuseAsync("error.in-private", ct).ConfigureAwait(false);
            return;
        }

        // What is wrong with an image request is said together with what the model says of it.
        if (input.Options.Faults.Count > 0 && spec.Name != CommandNames.Imagine) await visit.RefuseAsync(input.Options.Faults, ct).ConfigureAwait(false);
        else await handler.RunAsync(visit, input, ct).ConfigureAwait(false);
    }

    // Where only one person cannot be answered alone, what is theirs is not said before all the others: least of all a code for their account.
    private static bool IsTooPrivate(Visit visit, CommandSpec spec) => visit.Place.Kind == ChannelKind.Group && !visit.Platform.Limits.PrivateMessages
        && (Personal.Contains(spec.Name) || (spec.Answers == AnswerScope.Everybody && visit.IsPrivate));

    private static CommandInput Read(CommandSpec spec, CommandEvent command)
    {
        Dictionary<string, string> values = new(command.Options, StringComparer.Ordinal);
        IReadOnlyList<Notice> faults = [];
        if (command.Text.Length > 0)
        {
            (IReadOnlyDictionary<string, string> written, faults) = CommandLine.Read(spec, command.Text);
            foreach ((string name, string value) in written) values.TryAdd(name, value);
        }

        Options read = OptionReader.Read(spec, values);
        return new CommandInput(
            new Options(read.Values, [.. faults, .. read.Faults]), [.. command.Attachments, .. command.Quoted?.Attachments ?? []], command.Quoted);
    }

    private async Task MessageCommandAsync(Visit visit, MessageCommandEvent command, CancellationToken ct)
    {
        CommandInput input = new(new Options(new Dictionary<string, string>(), []), command.Target.Attachments, command.Target);
        if (command.Name == CommandNames.MessageUpscale) await _handlers[CommandNames.Upscale].RunAsync(visit, input, ct).ConfigureAwait(false);
        else if (command.Name == CommandNames.MessageVerify) await _handlers[CommandNames.Verify].RunAsync(visit, input, ct).ConfigureAwait(false);
        else if (command.Name == CommandNames.MessageInput) await visit.RefuseAsync(input.Picture is null ? "error.no-picture" : "imagine.how-input", ct).ConfigureAwait(false);
        else if (await finder.FindAsync(visit, input, elseNewest: false, ct).ConfigureAwait(false) is not { } order)
            await visit.RefuseAsync("error.not-a-picture", ct).ConfigureAwait(false);
        else if (command.Name == CommandNames.MessageVary) await relatives.VaryAsync(visit, order, 0, ct).ConfigureAwait(false);
        else await info.SendAsync(visit, order, ct).ConfigureAwait(false);
    }

    private async Task ButtonAsync(Visit visit, ButtonEvent pressed, CancellationToken ct)
    {
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        await buttons.RunAsync(visit, signer.Read(visit.Place.Platform, pressed.ButtonId), ct).ConfigureAwait(false);
    }

    private async Task FormAsync(Visit visit, FormEvent sent, CancellationToken ct)
    {
        ButtonSigner signer = await keys.GetAsync(ct).ConfigureAwait(false);
        ButtonId? id = signer.Read(visit.Place.Platform, sent.FormId);
        if (id is { Action: ButtonAction.Input })
        {
            if (await inputs.ReadAsync(sent, id.Subject, ct).ConfigureAwait(false) is { } command) await CommandAsync(visit, command, ct).ConfigureAwait(false);
            else await visit.RefuseAsync("error.file-gone", ct).ConfigureAwait(false);
            return;
        }

        Order? order = id is { Action: ButtonAction.Edit } ? await orders.GetAsync(id.Subject, ct).ConfigureAwait(false) : null;
        if (order is null) await visit.RefuseAsync("button.false", ct).ConfigureAwait(false);
        else if (order.Private && !OrderFinder.Owns(visit, order)) await visit.RefuseAsync("error.not-yours", ct).ConfigureAwait(false);
        else await form.OrderAsync(visit, order, sent.Values, ct).ConfigureAwait(false);
    }

    private async Task TextAsync(Visit visit, TextEvent text, CancellationToken ct)
    {
        string said = StrangerText.Clean(text.Text);
        Order? order = text.Quoted is { ByBot: true } quoted
            ? await orders.FindByMessageAsync(visit.Place.Platform, visit.Place.Channel, quoted.Id, ct).ConfigureAwait(false) : null;
        if (order is { Private: true } && !OrderFinder.Owns(visit, order)) order = null;
        if (order is { Private: true } && visit.Place.Kind == ChannelKind.Group) await visit.RefuseAsync("error.in-private", ct).ConfigureAwait(false);
        else if (order is not null && said.Length > 0) await form.OrderAsync(visit, order, said, ct).ConfigureAwait(false);
        else if (said.Length > 0 && PicturesOf(text) is { Count: > 0 } pictures) await PaintAsync(visit, said, pictures, ct).ConfigureAwait(false);
        else if (text.Attachments.Count > 0) await visit.RefuseAsync("text.picture", ct).ConfigureAwait(false);
        else if (said.Length > 0) await chat.TalkAsync(visit, said, ct).ConfigureAwait(false);
        else await visit.RefuseAsync("error.unknown-command", ct).ConfigureAwait(false);
    }

    // A picture with words, or words in reply to somebody's picture: to be painted from it.
    private static IReadOnlyList<Attachment> PicturesOf(TextEvent text) => text.Attachments.Count > 0 ? text.Attachments : text.Quoted?.Attachments ?? [];

    private Task PaintAsync(Visit visit, string query, IReadOnlyList<Attachment> pictures, CancellationToken ct) => CommandAsync(
        visit,
        new CommandEvent
        {
            Id = visit.Happened.Id, User = visit.Happened.User, Place = visit.Place, At = visit.Happened.At, Name = CommandNames.Imagine, Text = query, Attachments = pictures,
        },
        ct);

    private static bool IsStart(CommandEvent command) => command.Name.Equals(CommandNames.Start, StringComparison.OrdinalIgnoreCase);
}
