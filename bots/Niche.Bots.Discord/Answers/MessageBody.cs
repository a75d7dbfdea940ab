using System.Text.Json.Nodes;
using Niche.Bots.Discord.Messages;
using Niche.Bots.Discord.Rest;
using Niche.Bots.Outgoing;
using Niche.Bots.Platforms;
using Niche.Storage;

namespace Niche.Bots.Discord.Answers;

/// <summary>Makes the bodies of calls out of views: renders, fetches the pictures, counts their bytes.</summary>
internal sealed class MessageBody(IBlobStore blobs)
{
    private readonly IBlobStore _blobs = blobs;

    /// <summary>A new message, or what a message becomes.</summary>
    /// <param name="view">The view.</param>
    /// <param name="isEdit">The message exists: files that it has and the view has not go.</param>
    /// <param name="maxFileBytes">Largest file.</param>
    /// <param name="more">Members beside those of the view.</param>
    /// <param name="ct">Stops.</param>
    public async Task<DiscordBody> MakeAsync(View view, bool isEdit, long maxFileBytes, IEnumerable<KeyValuePair<string, JsonNode?>> more, CancellationToken ct)
    {
        RenderedView rendered = ViewRenderer.Render(view);
        List<DiscordFile> files = [];
        JsonArray attachments = [];
        for (int i = 0; i < rendered.Pictures.Count; i++)
        {
            Picture picture = rendered.Pictures[i];
            Blob blob = await _blobs.GetAsync(picture.Container, picture.Name, ct).ConfigureAwait(false)
                ?? throw new PlatformException(PlatformFault.Gone, "A picture of the message is not kept any more.");
            if (blob.Length > maxFileBytes) throw new PlatformException(PlatformFault.TooLarge, $"A picture has {blob.Length} bytes, and {maxFileBytes} are allowed there.");
            files.Add(new DiscordFile(rendered.FileNames[i], blob.ContentType, blob.Content));
            attachments.Add(new JsonObject { ["id"] = $"{i}", ["filename"] = rendered.FileNames[i] });
        }

        if (isEdit || files.Count > 0) rendered.Json["attachments"] = attachments;
        foreach ((string name, JsonNode? value) in more) rendered.Json[name] = value;
        return new DiscordBody(rendered.Json, files);
    }
}
