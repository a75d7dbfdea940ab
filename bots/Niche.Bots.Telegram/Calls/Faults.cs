using Niche.Bots.Platforms;
using Telegram.Bot.Exceptions;

namespace Niche.Bots.Telegram.Calls;

/// <summary>Failures of the Bot API as faults of the platform. It tells them in English sentences only, so these are matched by their words.</summary>
internal static class Faults
{
    private static readonly TimeSpan LongestRest = TimeSpan.FromHours(1);

    private static readonly string[] Gone =
    [
        "chat not found", "blocked", "kicked", "deactivated", "not a member", "can't initiate", "user is deactivated", "message to edit not found",
        "message can't be edited", "message to delete not found", "MESSAGE_ID_INVALID", "PEER_ID_INVALID", "message thread not found",
        "TOPIC_CLOSED", "TOPIC_DELETED", "group chat was upgraded", "wrong file_id", "CHANNEL_PRIVATE",
    ];

    private static readonly string[] Forbidden = ["not enough rights", "have no rights", "CHAT_WRITE_FORBIDDEN", "CHAT_SEND_", "CHAT_ADMIN_REQUIRED", "need administrator rights", "message can't be deleted"];
    private static readonly string[] TooLarge = ["too big", "Request Entity Too Large"];

    /// <summary>The fault that a failure means.</summary>
    public static PlatformException From(RequestException failure)
    {
        if (failure is not ApiRequestException answer)
            return new PlatformException(PlatformFault.Unavailable, "Telegram cannot be reached.", null, failure);
        PlatformFault fault = Classify(answer);
        TimeSpan? wait = fault == PlatformFault.Busy ? RestOf(answer) : null;
        return new PlatformException(fault, $"Telegram answered {answer.ErrorCode}: {fault}.", wait, answer);
    }

    /// <summary>For how long a 429 wants the bot to be quiet.</summary>
    public static TimeSpan RestOf(ApiRequestException answer)
    {
        TimeSpan told = TimeSpan.FromSeconds(Math.Max(1, answer.Parameters?.RetryAfter ?? 1));
        return told > LongestRest ? LongestRest : told;
    }

    /// <summary>The edit would change nothing.</summary>
    public static bool IsUnchanged(PlatformException fault) => Says(fault, "message is not modified");

    /// <summary>The message is a picture: its text is a caption.</summary>
    public static bool IsPicture(PlatformException fault) => Says(fault, "no text in the message to edit");

    /// <summary>What should be deleted is not there any more.</summary>
    public static bool IsPast(PlatformException fault) => Says(fault, "message to delete not found");

    private static bool Says(PlatformException fault, string words) => fault.InnerException?.Message.Contains(words, StringComparison.Ordinal) == true;

    private static PlatformFault Classify(ApiRequestException answer)
    {
        if (answer.ErrorCode == 429) return PlatformFault.Busy;
        if (answer.ErrorCode >= 500) return PlatformFault.Unavailable;
        if (Any(Gone, answer.Message)) return PlatformFault.Gone;
        if (answer.ErrorCode == 403 || Any(Forbidden, answer.Message)) return PlatformFault.Forbidden;
        if (answer.ErrorCode == 413 || Any(TooLarge, answer.Message)) return PlatformFault.TooLarge;
        return answer.Message.Contains("query is too old", StringComparison.Ordinal) ? PlatformFault.Expired : PlatformFault.Refused;
    }

    private static bool Any(string[] list, string message) => list.Any(words => message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
