using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Outgoing;
using Niche.DiscordStandIn.Description;
using Niche.DiscordStandIn.Rest;

namespace Niche.Bots.Discord.Tests.Messages;

/// <summary>Whatever the core wants shown becomes a message that Discord takes.</summary>
public sealed class RenderedViewTests
{
    private static readonly Gen<string> Words = Gen.OneOf(Gen.String, Gen.Const(""), Gen.Const(" "), Gen.Const(new string('*', 5000)), Gen.Const("@everyone\n# hi"), Gen.Const("🏠"));

    private static readonly Gen<RichText> Text = Gen.Select(Words, Gen.Enum<SpanStyle>())
        .Select((text, style) => new Span(text, style, style == SpanStyle.Link ? new Uri("https://example.org/") : null)).Array[0, 6].Select(spans => new RichText(spans));

    [Fact]
    public void Any_view_fits_the_description_and_the_rules()
    {
        ApiDescription? description = ApiDescription.Find();
        Assert.SkipWhen(description is null, "Discord's description (../shared/specs/discord-openapi.json) is not on this machine.");
        JsonElement schema = description.Schema("IncomingWebhookInteractionRequest");
        View().Sample(view =>
        {
            RenderedView rendered = ViewRenderer.Render(view);
            IReadOnlyList<Fault> faults = description.Schemas.Check(schema, JsonSerializer.SerializeToElement(rendered.Json));
            Dictionary<int, UploadedFile> files = rendered.FileNames.Index().ToDictionary(file => file.Index, file => new UploadedFile(file.Item, "image/png", []));
            faults = [.. faults, .. MessageRules.Check(JsonNode.Parse(rendered.Json.ToJsonString())!.AsObject(), files, null, true)];
            Assert.Empty(faults);
        });
    }

    [Fact]
    public void Any_form_fits_the_description()
    {
        ApiDescription? description = ApiDescription.Find();
        Assert.SkipWhen(description is null, "Discord's description (../shared/specs/discord-openapi.json) is not on this machine.");
        JsonElement schema = description.Schema("ModalInteractionCallbackRequestData");
        Gen<FormField> field = Gen.Select(Words, Words, Gen.Bool, Gen.Int[0, 9000], Words).Select((label, value, multiline, max, placeholder) =>
            new FormField("f", "L" + label, value, multiline, !multiline, max, placeholder));
        Gen.Select(Words, field.Array[1, 7]).Sample((title, fields) => Assert.Empty(description.Schemas.Check(
            schema, JsonSerializer.SerializeToElement(FormRenderer.Render(new Form("form", "T" + title, [.. fields.Index().Select(one => one.Item with { Id = $"f{one.Index}" })]))))));
    }

    [Fact]
    public void Nobody_is_ever_pinged() =>
        Assert.Equal("""{"parse":[]}""", ViewRenderer.Render(new View { Body = RichText.Plain("@everyone <@1> <@&2>") }).Json["allowed_mentions"]!.ToJsonString());

    [Fact]
    public void The_end_of_the_body_is_cut_first_and_the_rest_stays_whole()
    {
        View view = new()
        {
            Title = "Title", Body = RichText.Plain(new string('x', 6000)), Fields = [new ViewField("Seed", RichText.Plain("7"))], Footer = "footer",
            Buttons = [[new Button("a", "A")]],
        };
        string json = ViewRenderer.Render(view).Json.ToJsonString();
        Assert.Contains("**Title**", json, StringComparison.Ordinal);
        Assert.Contains("**Seed** 7", json, StringComparison.Ordinal);
        Assert.Contains("footer", json, StringComparison.Ordinal);
        Assert.Contains("\"a\"", json, StringComparison.Ordinal);
    }

    private static Gen<View> View()
    {
        Gen<Button> button = Gen.Select(Words, Gen.Enum<ButtonStyle>(), Gen.Bool, Gen.Bool).Select((label, style, disabled, isLink) =>
            new Button("", "B" + label, style, disabled ? "🎲" : null, disabled, isLink ? new Uri("https://example.org/") : null));
        Gen<Picture> picture = Gen.Select(Words, Words, Gen.Bool).Select((file, words, spoiler) => new Picture("images", "a", file, words, spoiler));
        Gen<Menu?> menu = Gen.Select(Words, Words.Array[1, 30], Gen.Bool).Select((placeholder, labels, isThere) => isThere
            ? new Menu("menu", "P" + placeholder, [.. labels.Index().Select(label => new MenuEntry($"m{label.Index % 28}", "E" + label.Item, label.Item, true))]) : null);
        Gen<ViewField[]> fields = Gen.Select(Words, Text).Select((name, value) => new ViewField(name, value)).Array[0, 12];
        return Gen.Select(Gen.Select(Words, Text, Words, Gen.Enum<Tone>()), fields, picture.Array[0, 5], button.Array[0, 7].Array[0, 7], menu)
            .Select((texts, values, pictures, buttons, list) => new View
            {
                Title = texts.Item1, Body = texts.Item2, Footer = texts.Item3, Tone = texts.Item4, Fields = values, Pictures = pictures, Menu = list,
                Buttons = [.. buttons.Where(row => row.Length > 0).Index().Select(row => (IReadOnlyList<Button>)
                    [.. row.Item.Index().Select(one => one.Item.Link is null ? one.Item with { Id = $"{row.Index}-{one.Index}" } : one.Item)])],
            });
    }
}
