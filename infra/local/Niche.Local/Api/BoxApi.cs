using System.Net.Http.Json;
using System.Text.Json;
using Niche.Functions.Api;
using Niche.Validator.Upkeep;

namespace Niche.Local.Api;

/// <summary>The box as any caller of its public API sees it.</summary>
internal sealed class BoxApi(Uri address) : IDisposable
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(4) };

    /// <summary>Waits until a prompt sent now would be painted; tells what is missing meanwhile.</summary>
    public async Task WaitReadyAsync(Action<string> missing, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await _http.GetAsync("health/ready", ct).ConfigureAwait(false);
                ReadinessReport? report = await response.Content.ReadFromJsonAsync<ReadinessReport>(ApiJson.Options, ct).ConfigureAwait(false);
                if (response.IsSuccessStatusCode) return;
                missing(report is { Missing: [string first, ..] } ? first : "The API is starting.");
            }
            catch (Exception e) when (e is HttpRequestException or JsonException)
            {
                missing("The API is starting.");
            }

            await Task.Delay(Poll, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Has one picture painted.</summary>
    public async Task<(byte[] Png, ReceiptView Receipt)> PaintAsync(string prompt, long? seed, CancellationToken ct)
    {
        ImagesBody body = new() { Prompt = prompt, Seed = seed, ResponseFormat = "b64_json" };
        using HttpResponseMessage response = await _http.PostAsJsonAsync("v1/images/generations", body, ApiJson.Options, ct).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            ProblemBody? problem = await response.Content.ReadFromJsonAsync<ProblemBody>(ApiJson.Options, ct).ConfigureAwait(false);
            throw new BoxException($"{problem?.Title}: {problem?.Detail}");
        }

        ImagesAnswer answer = (await response.Content.ReadFromJsonAsync<ImagesAnswer>(ApiJson.Options, ct).ConfigureAwait(false))!;
        ImageData picture = answer.Data[0];
        ReceiptView receipt = (await _http.GetFromJsonAsync<ReceiptView>($"v1/receipts/{picture.ReceiptId}", ApiJson.Options, ct).ConfigureAwait(false))!;
        return (Convert.FromBase64String(picture.B64Json!), receipt);
    }

    /// <summary>The state of the subnet; null while the API does not answer.</summary>
    public async Task<NetworkBody?> LookAsync(CancellationToken ct)
    {
        try
        {
            return await _http.GetFromJsonAsync<NetworkBody>("v1/miners", ApiJson.Options, ct).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();
}
