using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NSec.Cryptography;
using Niche.DiscordStandIn.World;

namespace Niche.DiscordStandIn.Interactions;

/// <summary>Sends interactions to the app's HTTP address, signed as Discord signs them, or wrongly on purpose; takes the first answer as Discord would.</summary>
public sealed class InteractionSender : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly Key _other = Key.Create(SignatureAlgorithm.Ed25519);
    private readonly TimeProvider _time;
    private readonly Func<OpenInteraction, JsonObject, string> _take;

    internal InteractionSender(TimeProvider time, Func<OpenInteraction, JsonObject, string> take) => (_time, _take) = (time, take);

    /// <summary>The app's public key, hexadecimal.</summary>
    public string PublicKey => Convert.ToHexStringLower(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    /// <summary>Signs as Discord does.</summary>
    public string Sign(string timestamp, ReadOnlySpan<byte> body, bool byOther = false) =>
        Convert.ToHexStringLower(SignatureAlgorithm.Ed25519.Sign(byOther ? _other : _key, [.. Encoding.ASCII.GetBytes(timestamp), .. body]));

    /// <summary>Sends an interaction.</summary>
    public Task<InteractionReply> SendAsync(Uri app, OpenInteraction interaction, CancellationToken ct, Forgery forgery = Forgery.None) =>
        SendAsync(app, JsonSerializer.SerializeToUtf8Bytes(interaction.Payload), forgery == Forgery.None ? interaction : null, forgery, ct);

    /// <summary>Sends bytes.</summary>
    public async Task<InteractionReply> SendAsync(Uri app, byte[] body, OpenInteraction? interaction, Forgery forgery, CancellationToken ct)
    {
        DateTimeOffset signedAt = forgery == Forgery.Old ? _time.GetUtcNow().AddHours(-1) : _time.GetUtcNow();
        string timestamp = signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string signature = Sign(timestamp, body, forgery == Forgery.WrongKey);
        byte[] sent = forgery switch
        {
            Forgery.ChangedBody => [.. body.AsSpan(0, body.Length - 1), (byte)' ', body[^1]],
            Forgery.TruncatedBody => body[..(body.Length / 2)],
            _ => body,
        };
        if (forgery == Forgery.BrokenSignature) signature = (signature[0] == '0' ? '1' : '0') + signature[1..];
        if (forgery == Forgery.NotHexadecimal) signature = 'z' + signature[1..];
        if (forgery == Forgery.ChangedTimestamp) timestamp = signedAt.AddSeconds(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using HttpRequestMessage request = new(HttpMethod.Post, app)
        {
            Content = new ByteArrayContent(sent) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        if (forgery != Forgery.NoSignature) request.Headers.Add("X-Signature-Ed25519", signature);
        if (forgery != Forgery.NoTimestamp) request.Headers.Add("X-Signature-Timestamp", timestamp);
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await _http.SendAsync(request, ct);
        byte[] content = await response.Content.ReadAsByteArrayAsync(ct);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        JsonObject? json = response.IsSuccessStatusCode && content.Length > 0 ? JsonNode.Parse(content)!.AsObject() : null;
        return new InteractionReply((int)response.StatusCode, json, elapsed, json is not null && interaction is not null ? _take(interaction, json) : "");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _key.Dispose();
        _other.Dispose();
    }
}
