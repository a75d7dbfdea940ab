using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Niche.Bots.Discord.Rest;

/// <summary>What a call sends: JSON, or JSON and files as multipart/form-data. Can be sent again.</summary>
public sealed class DiscordBody
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly byte[] _json;
    private readonly IReadOnlyList<DiscordFile> _files;

    /// <summary>A body.</summary>
    /// <param name="json">The JSON; the list of attachments is in it already.</param>
    /// <param name="files">Files, in the order of the attachments' ids.</param>
    public DiscordBody(JsonNode json, IReadOnlyList<DiscordFile> files) =>
        (_json, _files) = (JsonSerializer.SerializeToUtf8Bytes(json), files);

    /// <summary>A body without files.</summary>
    public DiscordBody(JsonNode json)
        : this(json, [])
    {
    }

    /// <summary>Size of all that is sent, without the frame around it.</summary>
    public long Bytes => _json.Length + _files.Sum(file => (long)file.Content.Length);

    internal HttpContent ToContent()
    {
        ByteArrayContent json = new(_json) { Headers = { ContentType = Json } };
        if (_files.Count == 0) return json;
        MultipartFormDataContent form = new() { { json, "payload_json" } };
        for (int i = 0; i < _files.Count; i++)
        {
            DiscordFile file = _files[i];
            form.Add(new ReadOnlyMemoryContent(file.Content) { Headers = { ContentType = new MediaTypeHeaderValue(file.ContentType) } }, $"files[{i}]", file.Name);
        }

        return form;
    }
}
