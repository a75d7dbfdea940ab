using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Niche.Miner.Work;

namespace Niche.Miner.Endpoints;

/// <summary>
/// Speaks the stock contract of a model endpoint (<c>POST /generate</c>, <c>GET /info</c>) and ours (<c>GET /models</c>, streams). Takes the
/// expected fields of an answer and nothing else. Every fault becomes a <see cref="MinerWorkException"/>.
/// </summary>
public sealed class EndpointClient(HttpClient http)
{
    private const long MaxAnswerBytes = 32 << 20;
    private static readonly Uri Generate = new("generate", UriKind.Relative);

    /// <summary>A picture as raw base64.</summary>
    public async Task<string> PaintAsync(EndpointLink endpoint, ImageOrder order, TimeSpan timeout, CancellationToken ct)
    {
        using var answer = await ReadAsync(endpoint, EndpointBody.Of(order, timeout), ct);
        return EndpointAnswer.Image(answer.RootElement);
    }

    /// <summary>A completion object.</summary>
    public async Task<JsonElement> WriteAsync(EndpointLink endpoint, TextOrder order, TimeSpan timeout, CancellationToken ct)
    {
        using var answer = await ReadAsync(endpoint, EndpointBody.Of(order, timeout, stream: false), ct);
        return EndpointAnswer.Completion(answer.RootElement).Clone();
    }

    /// <summary>Pieces of text as they come.</summary>
    public async IAsyncEnumerable<string> StreamAsync(
        EndpointLink endpoint, TextOrder order, TimeSpan timeout, [EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await SendAsync(endpoint, EndpointBody.Of(order, timeout, stream: true), ct);
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        await foreach (var piece in EndpointStream.ReadAsync(body, ct)) yield return piece;
    }

    /// <summary>What the endpoint serves now.</summary>
    public async Task<IReadOnlyList<EndpointModel>> ModelsAsync(EndpointLink endpoint, CancellationToken ct)
    {
        using var models = await GetAsync(endpoint, "models", ct);
        if (models is not null) return EndpointAnswer.Models(models.RootElement);

        // A stock endpoint: one model, and no word on what it makes.
        using var info = await GetAsync(endpoint, "info", ct);
        return info is null ? throw EndpointAnswer.Unusable("neither /models nor /info is there") : EndpointAnswer.Info(info.RootElement);
    }

    private async Task<JsonDocument> ReadAsync(EndpointLink endpoint, Dictionary<string, object> body, CancellationToken ct)
    {
        using var response = await SendAsync(endpoint, body, ct);
        return await DocumentAsync(response, ct);
    }

    private async Task<JsonDocument?> GetAsync(EndpointLink endpoint, string route, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(endpoint.Address, route));
        using var response = await SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        if (!response.IsSuccessStatusCode) throw await EndpointAnswer.FailureAsync(response, ct);
        return await DocumentAsync(response, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(EndpointLink endpoint, Dictionary<string, object> body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Address, Generate)) { Content = JsonContent.Create(body) };
        var response = await SendAsync(request, ct);
        if (response.StatusCode == HttpStatusCode.OK) return response;
        using (response) throw await EndpointAnswer.FailureAsync(response, ct);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException fault)
        {
            throw new MinerWorkException(WorkOutcome.EndpointDown, "The model endpoint can not be reached.", TimeSpan.FromSeconds(5), fault);
        }
    }

    private static async Task<JsonDocument> DocumentAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, ct);
            await using var body = await response.Content.ReadAsStreamAsync(ct);
            return await JsonDocument.ParseAsync(body, new JsonDocumentOptions { MaxDepth = 32 }, ct);
        }
        catch (JsonException fault)
        {
            throw EndpointAnswer.Unusable("it is not JSON", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            throw EndpointAnswer.Unusable("it is too large or broke off", fault);
        }
    }
}
