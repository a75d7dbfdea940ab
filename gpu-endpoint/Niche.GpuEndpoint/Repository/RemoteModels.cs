using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Niche.GpuEndpoint.Repository;

/// <summary><c>models add|remove</c>: the models of an endpoint that runs, from the command line; both wait for the end and say how far it is.</summary>
internal static class RemoteModels
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private static readonly Option<string> Url = new("--url")
    {
        Description = "Address of the endpoint.",
        DefaultValueFactory = _ => new EndpointOptions().Urls[0],
        Validators = { CheckUrl },
    };

    private static readonly Option<FileInfo?> KeyFile = new("--api-key-file") { Description = "File with the endpoint's API key. [NICHE_ENDPOINT_API_KEY: the key itself]" };

    public static Command Add()
    {
        var source = new Argument<string>("model") { Description = "Name of a folder among the endpoint's models, or the path of one on its machine." };
        var command = new Command("add", "Loads a model into a running endpoint and waits until it is warm.") { source, Url, KeyFile };
        command.SetAction((parsed, ct) => TalkAsync(parsed, async http =>
        {
            var model = parsed.GetRequiredValue(source);
            var body = Path.IsPathFullyQualified(model) || (Directory.Exists(model) && Path.GetFileName(model) != model)
                ? new Dictionary<string, string> { ["path"] = Path.GetFullPath(model) } : new Dictionary<string, string> { ["name"] = model };
            using var content = new StringContent(JsonSerializer.Serialize(body, RemoteJson.Default.DictionaryStringString), null, "application/json");
            using var response = await http.PostAsync(new Uri("/models", UriKind.Relative), content, ct);
            var answer = await ReadAsync(response, ct);
            return response.IsSuccessStatusCode ? await WaitAsync(http, Text(answer, "name"), HttpStatusCode.OK, ct) : Refused(answer);
        }));
        return command;
    }

    public static Command Remove()
    {
        var name = new Argument<string>("name") { Description = "Name of a served model." };
        var command = new Command("remove", "Takes a model out of a running endpoint, after the work that it has accepted.") { name, Url, KeyFile };
        command.SetAction((parsed, ct) => TalkAsync(parsed, async http =>
        {
            using var response = await http.DeleteAsync(new Uri($"/models/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}", UriKind.Relative), ct);
            if (!response.IsSuccessStatusCode) return Refused(await ReadAsync(response, ct));
            return await WaitAsync(http, parsed.GetRequiredValue(name), HttpStatusCode.NotFound, ct);
        }));
        return command;
    }

    private static async Task<int> TalkAsync(ParseResult parsed, Func<HttpClient, Task<int>> talk)
    {
        using var http = new HttpClient { BaseAddress = new Uri(parsed.GetRequiredValue(Url)) };
        var key = parsed.GetValue(KeyFile) is { } file ? await File.ReadAllTextAsync(file.FullName) : Environment.GetEnvironmentVariable("NICHE_ENDPOINT_API_KEY");
        if (key?.Trim() is { Length: > 0 } text) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", text);
        try
        {
            return await talk(http);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            await Console.Error.WriteLineAsync($"endpoint_unreachable: {http.BaseAddress} does not answer as an endpoint does: {e.Message}");
            return 1;
        }
    }

    private static async Task<int> WaitAsync(HttpClient http, string name, HttpStatusCode end, CancellationToken ct)
    {
        var said = "";
        while (true)
        {
            using var response = await http.GetAsync(new Uri($"/health/model/{Uri.EscapeDataString(name)}", UriKind.Relative), ct);
            var answer = await ReadAsync(response, ct);
            var status = Text(answer, "status");
            if (response.StatusCode == end)
            {
                Console.WriteLine(end == HttpStatusCode.OK ? $"{name} is served" : $"{name} is gone");
                return 0;
            }
            if (status is "failed" or "unknown") return Refused(answer);
            var line = answer.TryGetProperty("progress", out var progress)
                ? string.Create(CultureInfo.InvariantCulture, $"{Text(progress, "stage")} {progress.GetProperty("done").GetInt64()}/{progress.GetProperty("of").GetInt64()}") : status;
            if (line != said) await Console.Error.WriteLineAsync(said = line);
            await Task.Delay(Pause, ct);
        }
    }

    private static void CheckUrl(OptionResult result)
    {
        if (Uri.TryCreate(result.GetValueOrDefault<string>(), UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)) return;
        result.AddError("--url takes an http or https address.");
    }

    private static int Refused(JsonElement answer)
    {
        Console.Error.WriteLine($"{Text(answer, "code")}: {Text(answer, "detail")}");
        return 1;
    }

    private static Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken ct) => response.Content.ReadFromJsonAsync(RemoteJson.Default.JsonElement, ct);

    private static string Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "unknown";
}
