using Niche.Bots.Outgoing;

namespace Niche.Bots.Discord.Tests.Rig;

/// <summary>Views as the core makes them.</summary>
internal static class Views
{
    public static View Text(string text, bool isPrivate = false) => new() { Body = RichText.Plain(text), Private = isPrivate };

    public static View Result(params Picture[] pictures) => new()
    {
        Title = "Done", Body = RichText.Plain("a house on a hill"), Tone = Tone.Good, Pictures = pictures, Footer = "seed 7",
        Fields = [new ViewField("Model", RichText.Plain("sdxl")), new ViewField("Seed", new RichText([new Span("7", SpanStyle.Code)]))],
        Buttons =
        [
            [new Button("u1", "U1"), new Button("u2", "U2"), new Button("u3", "U3"), new Button("u4", "U4"), new Button("r", "Again", ButtonStyle.Primary, "🎲")],
            [new Button("d", "Delete", ButtonStyle.Danger), new Button("", "Studio", Link: new Uri("https://example.org/"))],
        ],
    };
}
