using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Bots.Discord.Interactions;
using Niche.DiscordStandIn.Interactions;
using Niche.DiscordStandIn.World;

namespace Niche.Bots.Discord.Tests.Interactions;

public sealed class HostileInteractionTests
{
    private static readonly byte[][] Genuine = [.. Samples().Select(sample => JsonSerializer.SerializeToUtf8Bytes(sample.Payload))];

    private static readonly JsonNode?[] Odd =
    [
        null, true, 0, -1, 1e300, "", "\u0000", "18446744073709551616", new string('x', 10_000), new JsonArray(), new JsonObject(), new JsonArray(1, "a", null),
        new JsonObject { ["a"] = 1 },
    ];

    [Fact]
    public void Genuine_interactions_are_read()
    {
        foreach (byte[] body in Genuine) Assert.NotEqual(0UL, InteractionReader.Read(body).Id);
    }

    [Fact]
    public void Any_bytes_are_read_or_refused_with_the_one_exception() => Gen.Byte.Array[0, 400].Sample(ReadsOrRefuses);

    [Fact]
    public void Any_text_is_read_or_refused_with_the_one_exception() => Gen.String.Sample(text => ReadsOrRefuses(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_genuine_interaction_cut_anywhere_is_refused() =>
        Gen.Select(Gen.Int[0, Genuine.Length - 1], Gen.Double[0, 0.999]).Sample((which, part) =>
        {
            byte[] body = Genuine[which];
            Assert.Throws<DiscordFormatException>(() => InteractionReader.Read(body.AsMemory(0, (int)(body.Length * part))));
        });

    [Fact]
    public void A_genuine_interaction_with_any_byte_changed_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Genuine.Length - 1], Gen.Double[0, 0.999], Gen.Byte).Sample((which, at, value) =>
        {
            byte[] body = [.. Genuine[which]];
            body[(int)(body.Length * at)] = value;
            return ReadsOrRefuses(body);
        });

    [Fact]
    public void A_genuine_interaction_with_any_member_replaced_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Genuine.Length - 1], Gen.Int[0, 500], Gen.Int[0, Odd.Length - 1]).Sample((which, member, odd) =>
        {
            JsonNode root = JsonNode.Parse(Genuine[which])!;
            (JsonObject Holder, string Name)[] members = [.. Members(root)];
            (JsonObject holder, string name) = members[member % members.Length];
            holder[name] = Odd[odd]?.DeepClone();
            return ReadsOrRefuses(JsonSerializer.SerializeToUtf8Bytes(root));
        });

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("""{"type":1,"name":"a","options":[""", 5000));
        Assert.Throws<DiscordFormatException>(() => InteractionReader.Read(Encoding.UTF8.GetBytes(deep)));
    }

    private static bool ReadsOrRefuses(byte[] body)
    {
        try
        {
            DiscordInteraction interaction = InteractionReader.Read(body);
            JsonSerializer.SerializeToUtf8Bytes(EventMapper.ToEvent(interaction));
        }
        catch (DiscordFormatException)
        {
            // Refused in words: as good as read.
        }

        return true;
    }

    private static IEnumerable<(JsonObject Holder, string Name)> Members(JsonNode? node) => node switch
    {
        JsonObject holder => holder.SelectMany(member => Members(member.Value).Prepend((holder, member.Key))),
        JsonArray list => list.SelectMany(Members),
        _ => [],
    };

    private static IEnumerable<OpenInteraction> Samples()
    {
        StandInWorld world = new(TimeProvider.System) { FileBase = "https://cdn.discordapp.com/" };
        InteractionMaker make = new(world);
        StandInUser user = new(7, "Anna");
        StandInChannel channel = world.AddChannel();
        JsonArray components = JsonNode.Parse("""[{"type":17,"components":[{"type":10,"content":"hi"},{"type":12,"items":[{"media":{"url":"attachment://a.png"}}]},{"type":1,"components":[{"type":2,"style":1,"label":"U1","custom_id":"u1"}]}]}]""")!.AsArray();
        StandInMessage message = new()
        {
            Id = world.NextId(), Channel = channel.Id, At = TimeProvider.System.GetUtcNow(), Shown = new MessageContent(0, "", components, [world.AddFile("a.png", "image/png", [1])]),
        };
        yield return make.Command(user, channel, "imagine", ("prompt", "a house"), ("count", 4), ("guidance", 7.5), ("private", true), ("image", world.AddFile("b.png", "image/png", [1])));
        yield return make.Typing(user, channel, "imagine", "model", ("model", "sd"));
        yield return make.MessageCommand(user, channel, "Vary", message);
        yield return make.Press(user, message, "u1");
        yield return make.Press(user, message, "menu", "one", "two");
        OpenInteraction shown = make.Press(user, message, "edit");
        shown.Take(JsonNode.Parse("""{"type":9,"data":{"custom_id":"f","title":"t","components":[{"type":18,"label":"l","component":{"type":4,"custom_id":"prompt","style":2,"value":"x"}}]}}""")!.AsObject(), TimeSpan.Zero);
        yield return make.Submit(user, shown, ("prompt", "a ship"));
        yield return make.Ping();
    }
}
