using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>
/// Speaks to the server of a pass-through model. Follows no redirect, keeps no cookie, asks no proxy; the key goes into the header of the request and
/// nowhere else. An answer that is not read to its end closes the connection, which is how a server learns that nobody waits any more.
/// </summary>
internal sealed class UpstreamClient(HttpClient http, Func<string, string?> variables, TimeProvider time) : IDisposable
{
    public const int LargestAnswer = 16 << 20;
    private const double Silence = 120;
    private const int LargestFault = 64 << 10;

    /// <summary>A client with the right handler.</summary>
    public static HttpClient Connection() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseDrainSize = 0, ResponseDrainTimeout = TimeSpan.Zero,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>A whole JSON answer.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">Path below its address.</param>
    /// <param name="body">Body of a POST; null for a GET.</param>
    /// <param name="cancellation">Closes the connection.</param>
    /// <exception cref="UpstreamException">No usable answer.</exception>
    public async Task<JsonElement> AskAsync(PassThrough server, string path, JsonObject? body, CancellationToken cancellation)
    {
        await using var answer = await OpenAsync(server, path, body, cancellation);
        return UpstreamJson.Parse(await answer.ReadAsync(LargestAnswer));
    }

    /// <summary>Opens an answer and reads its head.</summary>
    /// <exception cref="UpstreamException">The server is away, refuses or fails.</exception>
    public async Task<UpstreamAnswer> OpenAsync(PassThrough server, string path, JsonObject? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri($"{server.Url.TrimEnd('/')}{path}"));
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        if (server.ApiKeyEnv is { } name) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key(name));
        var answer = new UpstreamAnswer(TimeSpan.FromSeconds(server.Silence ?? Silence), time, cancellation);
        try
        {
            await answer.OpenAsync(http, request);
            var status = answer.Response.StatusCode;
            if ((int)status == 200) return answer;
            var after = answer.Response.Headers.RetryAfter is { } wait ? wait.Delta ?? (wait.Date - time.GetUtcNow()) : null;
            throw UpstreamFault.Of(status, after, await answer.ReadAsync(LargestFault));
        }
        catch
        {
            await answer.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => http.Dispose();

    private string Key(string name) => variables(name)?.Trim() is { Length: > 0 } key && key.All(c => c is > ' ' and < '\u007f')
        ? key
        : throw UpstreamException.Away($"the variable {name} with its key is not set to printable text");
}
