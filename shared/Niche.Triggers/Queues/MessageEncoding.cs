using System.Buffers;
using System.Buffers.Text;
using System.Text.Unicode;

namespace Niche.Triggers.Queues;

/// <summary>messageEncoding of host.json: how a message's bytes stand in the queue.</summary>
internal enum MessageEncoding
{
    Base64,
    None,
}

internal static class MessageEncodingExtensions
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Queue text to message bytes.</summary>
    /// <returns>False when the text is not what the encoding promises.</returns>
    public static bool TryDecode(this MessageEncoding encoding, ReadOnlyMemory<byte> text, out ReadOnlyMemory<byte> message)
    {
        message = text;
        if (encoding == MessageEncoding.None)
        {
            if (text.Span.StartsWith(ByteOrderMark))
                message = text[ByteOrderMark.Length..];
            return Utf8.IsValid(message.Span);
        }

        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (Base64.DecodeFromUtf8(text.Span, buffer, out var consumed, out var written) != OperationStatus.Done
            || consumed != text.Length)
            return false;
        message = buffer.AsMemory(0, written);
        return true;
    }

    /// <summary>Message bytes to queue text.</summary>
    public static ReadOnlyMemory<byte> Encode(this MessageEncoding encoding, ReadOnlyMemory<byte> message)
    {
        if (encoding == MessageEncoding.None)
            return message;
        var text = new byte[Base64.GetMaxEncodedToUtf8Length(message.Length)];
        Base64.EncodeToUtf8(message.Span, text, out _, out var written);
        return text.AsMemory(0, written);
    }
}
