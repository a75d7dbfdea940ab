using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Niche.Bots.Incoming;
using Niche.Bots.Telegram.Calls;
using Niche.Bots.Telegram.Incoming;
using Niche.Bots.Telegram.Tests.Rig;
using Telegram.Bot.Types;

namespace Niche.Bots.Telegram.Tests.Incoming;

/// <summary>Bodies of strangers never do more than be dropped.</summary>
public sealed class FuzzTests : AdapterTest
{
    private static readonly User Me = new() { Id = 42, IsBot = true, FirstName = "Niche", Username = "niche_test_bot" };
    private static readonly MessageReader Reader = new(SmallBook.All);

    private static readonly string[] Seeds =
    [
        """{"update_id":1,"message":{"message_id":1,"from":{"id":5,"is_bot":false,"first_name":"A","language_code":"de"},"chat":{"id":5,"type":"private"},"date":1,"text":"/imagine@niche_test_bot a","entities":[{"type":"bot_command","offset":0,"length":23}],"reply_to_message":{"message_id":2,"chat":{"id":5,"type":"private"},"date":1,"photo":[{"file_id":"a","file_unique_id":"b","width":1,"height":1}]}}}""",
        """{"update_id":2,"callback_query":{"id":"1","from":{"id":5,"is_bot":false,"first_name":"A"},"chat_instance":"1","data":"x","message":{"message_id":1,"chat":{"id":-5,"type":"group"},"date":0}}}""",
        """{"update_id":3,"inline_query":{"id":"1","from":{"id":5,"is_bot":false,"first_name":"A"},"query":"a","offset":""}}""",
        """{"update_id":4,"my_chat_member":{"chat":{"id":5,"type":"private"},"from":{"id":5,"is_bot":false,"first_name":"A"},"date":1,"old_chat_member":{"status":"member","user":{"id":42,"is_bot":true,"first_name":"N"}},"new_chat_member":{"status":"kicked","user":{"id":42,"is_bot":true,"first_name":"N"},"until_date":0}}}""",
    ];

    [Fact]
    public void The_seeds_are_read() => Assert.All(Seeds, seed => Assert.NotNull(UpdateReader.Read(Encoding.UTF8.GetBytes(seed))));

    [Fact]
    public void Any_bytes_are_an_update_or_nothing() => Gen.Byte.Array[0, 300].Sample(bytes => UpdateReader.Read(bytes) is null or { Id: > 0 });

    [Fact]
    public async Task An_update_with_a_strange_value_anywhere_is_translated_or_dropped()
    {
        UpdateTranslator translator = new(Reader, new ChatMoves(Storage.Tables), Time);
        JsonNode?[] strange = [null, true, -1, 1e300, 9007199254740993, "", "\uD800", new string('x', 5000), JsonNode.Parse("[]"), JsonNode.Parse("{}"), "private", "channel", 2147483647];
        foreach (string seed in Seeds)
        {
            int places = Paths(JsonNode.Parse(seed)!).Count();
            for (int place = 0; place < places; place++)
            {
                foreach (JsonNode? value in strange)
                {
                    JsonNode changed = JsonNode.Parse(seed)!;
                    Paths(changed).ElementAt(place)(value?.DeepClone());
                    if (UpdateReader.Read(Bytes(changed)) is { } update) await translator.TranslateAsync(update, Me, Ct);
                }
            }
        }
    }

    [Fact]
    public void Entities_that_point_anywhere_cut_nothing_they_should_not() => Gen.Select(Gen.String[0, 40], Gen.Int[-50, 50], Gen.Int[-50, 50], Gen.Bool).Sample((text, offset, length, command) =>
    {
        Message message = new()
        {
            Id = 1, Chat = new Chat { Id = 5 }, From = new User { Id = 5, FirstName = "A" }, Text = text,
            Entities = [new MessageEntity { Type = command ? global::Telegram.Bot.Types.Enums.MessageEntityType.BotCommand : global::Telegram.Bot.Types.Enums.MessageEntityType.Mention, Offset = offset, Length = length }],
        };
        message.Chat.Type = global::Telegram.Bot.Types.Enums.ChatType.Private;
        BotEvent? happened = Reader.Read("u1", message, 5, Me);
        return happened is null or CommandEvent || ((TextEvent)happened).Text == text.Trim();
    });

    private static byte[] Bytes(JsonNode node)
    {
        try
        {
            return Encoding.UTF8.GetBytes(node.ToJsonString());
        }
        catch (Exception e) when (e is ArgumentException or JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<Action<JsonNode?>> Paths(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (string name in members.Select(member => member.Key).ToArray())
            {
                yield return value => members[name] = value;
                foreach (Action<JsonNode?> deeper in members[name] is { } child ? Paths(child) : []) yield return deeper;
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                int at = i;
                yield return value => list[at] = value;
                foreach (Action<JsonNode?> deeper in list[at] is { } child ? Paths(child) : []) yield return deeper;
            }
        }
    }
}
