using System.Text;

namespace Niche.Storage;

/// <summary>The documented ranges of arguments, the same for both implementations.</summary>
internal static class StorageLimits
{
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    public static void CheckPut(string body, TimeSpan? delay, TimeSpan? timeToLive)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Length > IQueueStore.MaxBodyBytes || Encoding.UTF8.GetByteCount(body) > IQueueStore.MaxBodyBytes)
            throw TooLarge($"A message body may have {IQueueStore.MaxBodyBytes} bytes of UTF-8; put the payload in a blob and its name in the message.");
        if (body.Length == 0 || !IsWireText(body))
            throw Invalid("A message body must not be empty and may hold only characters that XML 1.0 allows, without carriage returns; JSON-encode others.");
        if (delay < TimeSpan.Zero || delay > s_week)
            throw Invalid($"A delay must be 0 to 7 days, not {delay}.");
        if (timeToLive < TimeSpan.FromSeconds(1) || timeToLive <= delay)
            throw Invalid($"A time to live must be at least 1 second and longer than the delay, not {timeToLive}.");
    }

    public static void CheckMax(int max)
    {
        if (max is < 1 or > IQueueStore.MaxBatch)
            throw Invalid($"Between 1 and {IQueueStore.MaxBatch} messages can be asked for at once, not {max}.");
    }

    public static void CheckReceiveVisibility(TimeSpan visibility)
    {
        if (visibility < TimeSpan.FromSeconds(1) || visibility > s_week)
            throw Invalid($"A receive must hide messages for 1 second to 7 days, not {visibility}.");
    }

    public static void CheckRenewVisibility(TimeSpan visibility)
    {
        if (visibility < TimeSpan.Zero || visibility > s_week)
            throw Invalid($"A renewal must hide the message for 0 to 7 days, not {visibility}.");
    }

    public static void CheckJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > ITableStore.MaxJsonBytes || Encoding.UTF8.GetByteCount(json) > ITableStore.MaxJsonBytes)
            throw TooLarge($"A row may have {ITableStore.MaxJsonBytes} bytes of JSON in UTF-8; put the payload in a blob.");
        if (json.Length == 0)
            throw Invalid("A row needs JSON; the empty text is none.");
        if (HasLoneSurrogate(json))
            throw Invalid("A row's JSON holds half of a surrogate pair; escape it.");
    }

    public static void CheckTake(int? take)
    {
        if (take < 0)
            throw Invalid($"A query cannot take {take} rows.");
    }

    public static void CheckBlob(int length, string contentType)
    {
        if (length > IBlobStore.MaxBytes)
            throw TooLarge($"A blob may have {IBlobStore.MaxBytes} bytes, not {length}.");
        var fits = contentType is { Length: >= 1 and <= 200 };
        for (var i = 0; fits && i < contentType.Length; i++)
            fits = contentType[i] is >= ' ' and <= '~';
        if (!fits)
            throw Invalid("A content type must be 1 to 200 printable ASCII characters, such as image/png.");
    }

    /// <summary>Azure carries bodies as XML text, where control characters are illegal and a carriage return comes back as a line feed.</summary>
    private static bool IsWireText(string text)
    {
        foreach (var c in text)
        {
            if (c < ' ' ? c is not ('\t' or '\n') : c is '\uFFFE' or '\uFFFF')
                return false;
        }

        return !HasLoneSurrogate(text);
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i]))
                return true;
        }

        return false;
    }

    private static StorageException Invalid(string message) => new(StorageErrorCode.InvalidArgument, message);

    private static StorageException TooLarge(string message) => new(StorageErrorCode.TooLarge, message);
}
