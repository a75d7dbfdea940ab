using System.Text.Json.Nodes;
using Niche.TelegramStandIn.Text;
using Niche.TelegramStandIn.Wire;
using Niche.TelegramStandIn.World;

namespace Niche.TelegramStandIn.Methods;

/// <summary>Answers to pressed buttons and inline queries: each once, and in time.</summary>
internal sealed class AnswerMethods(StandInWorld world)
{
    private const int MaxResults = 50, MaxNotice = 200;
    private const string TooLate = "query is too old and response timeout expired or query ID is invalid";

    public ApiAnswer Callback(ApiCall call)
    {
        if (call.Text("text")?.Length > MaxNotice) return ApiAnswer.Bad("MESSAGE_TOO_LONG");
        return world.Query(call.Text("callback_query_id"))?.Take(call) == true ? ApiAnswer.Ok(true) : ApiAnswer.Bad(TooLate);
    }

    public ApiAnswer Inline(ApiCall call)
    {
        if (call.Json("results") is not JsonArray results) return ApiAnswer.Bad("can't parse inline query results JSON object");
        if (results.Count > MaxResults) return ApiAnswer.Bad("RESULTS_TOO_MUCH");
        if (results.DistinctBy(result => (string?)result!["id"]).Count() != results.Count) return ApiAnswer.Bad("RESULT_ID_DUPLICATE");
        foreach (JsonNode? result in results)
        {
            if ((Keyboard.Refuse(result!["reply_markup"]) ?? RefuseContent(result)) is { } refusal) return refusal;
        }

        return world.Query(call.Text("inline_query_id"))?.Take(call) == true ? ApiAnswer.Ok(true) : ApiAnswer.Bad(TooLate);
    }

    private ApiAnswer? RefuseContent(JsonNode result)
    {
        if (result["photo_file_id"] is { } photo && world.Files.Describe((string)photo!).Status != 200) return ApiAnswer.Bad("wrong file identifier/HTTP URL specified");
        (_, ApiAnswer? caption) = Formatting.Caption((string?)result["caption"], (string?)result["parse_mode"], result["caption_entities"]);
        if (result["input_message_content"] is not { } content) return caption;
        (FormattedText text, ApiAnswer? refusal) = Formatting.Read(
            (string?)content["message_text"], (string?)content["parse_mode"], content["entities"], Formatting.MaxText, "message is too long");
        return refusal ?? (string.IsNullOrWhiteSpace(text.Plain) ? ApiAnswer.Bad("message text is empty") : caption);
    }
}
