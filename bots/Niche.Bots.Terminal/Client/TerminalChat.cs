using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal.Client;

/// <summary>The bots in a terminal: lines go there, views come back. Reading and writing go on side by side.</summary>
/// <param name="http">Any client.</param>
/// <param name="options">How.</param>
/// <param name="input">Lines of the person.</param>
/// <param name="output">What they see.</param>
/// <param name="time">The clock.</param>
public sealed class TerminalChat(HttpClient http, ChatOptions options, TextReader input, TextWriter output, TimeProvider time)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Again = TimeSpan.FromSeconds(1), Settled = TimeSpan.FromSeconds(60), Glance = TimeSpan.FromMilliseconds(100);
    private readonly TranscriptPage _page = new();
    private readonly Screen _screen = new(output, options.Color);
    private readonly FileSender _files = new(http, options, output, time);
    private string? _after;
    private int _said, _open;

    /// <summary>Chats until the input ends or somebody types <c>/quit</c>; then what was asked for is still waited for.</summary>
    /// <returns>0, or 1 when the validator was never reached.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (await ReadAsync("?now=1", stop.Token).ConfigureAwait(false) is not { } known)
        {
            await output.WriteLineAsync($"{options.Address} does not answer, or has no terminal chat.").ConfigureAwait(false);
            await output.WriteLineAsync("Start the box first: dotnet run --project infra/local/Niche.Local").ConfigureAwait(false);
            return 1;
        }

        // What was said in an earlier chat is not said again.
        while (known.News.Count > 0)
        {
            _after = known.News[^1].Row;
            known = await ReadAsync($"?now=1&after={_after}", stop.Token).ConfigureAwait(false) ?? new TerminalPage([]);
        }

        await output.WriteLineAsync("/help shows what there is, /quit leaves. Numbers press buttons. @file.png sends a file along.").ConfigureAwait(false);
        Task listening = ListenAsync(stop.Token);
        await TypeAsync(stop.Token).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        await listening.ConfigureAwait(false);
        if (options.Transcript is { } file) await File.WriteAllTextAsync(file, _page.Write(), ct).ConfigureAwait(false);
        return 0;
    }

    private async Task TypeAsync(CancellationToken ct)
    {
        while (true)
        {
            // Off the caller's thread: reading the console blocks, and Ctrl+C must be heard meanwhile.
            Task<string?> reading = Task.Run(() => input.ReadLineAsync(ct).AsTask(), ct);
            string? line = await reading.WaitAsync(ct).ConfigureAwait(false);
            if (line is null)
            {
                await SettleAsync(ct).ConfigureAwait(false);
                return;
            }

            line = line.Trim();
            if (line is "/quit" or "/exit") return;
            if (line.Length > 0) await SayAsync(line, ct).ConfigureAwait(false);
        }
    }

    // Lines came from a file or a pipe: what they asked for is shown before the end.
    private async Task SettleAsync(CancellationToken ct)
    {
        long start = time.GetTimestamp();
        while ((_open > 0 || _screen.IsBusy) && time.GetElapsedTime(start) < Settled) await Task.Delay(Glance, time, ct).ConfigureAwait(false);
    }

    private async Task SayAsync(string line, CancellationToken ct)
    {
        bool isNumber = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        (string? message, string? button) = isNumber ? _screen.Press(number) : (null, null);
        if (isNumber && button is null)
        {
            await output.WriteLineAsync($"There is no button {number} now.").ConfigureAwait(false);
            return;
        }

        IReadOnlyList<byte[]> sent = [];
        TerminalSaying saying = new() { Id = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow().ToUnixTimeMilliseconds()}-{++_said}"), Locale = options.Locale };
        if (button is not null)
        {
            saying = saying with { Button = button, Message = message };
        }
        else
        {
            if (await _files.SendAsync(line, ct).ConfigureAwait(false) is not var (text, files, bytes)) return;
            sent = bytes;
            saying = saying with { Text = text, Files = files, Message = text.StartsWith('/') ? null : _screen.TakeAwaited() };
        }

        _open++;
        _page.Say(button is null ? line : _screen.LabelOf(number), sent);
        try
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync(At(""), saying, Json, ct).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return;
            _open--;
            await output.WriteLineAsync($"Not taken: {(int)response.StatusCode}").ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            _open--;
            await output.WriteLineAsync(e.Message).ConfigureAwait(false);
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                if (await ReadAsync(_after is null ? "" : $"?after={_after}", ct).ConfigureAwait(false) is not { } page)
                {
                    await Task.Delay(Again, time, ct).ConfigureAwait(false);
                    continue;
                }

                foreach (TerminalNews news in page.News)
                {
                    if (news.Kind == "sent" && _open > 0) _open--;
                    await ShowAsync(news, ct).ConfigureAwait(false);
                    _after = news.Row;
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The person left.
        }
    }

    private async Task ShowAsync(TerminalNews news, CancellationToken ct)
    {
        _screen.Show(news);
        _page.Show(news);
        if (news.View is not { } view || _screen.IsBusy) return;
        for (int i = 0; i < view.Pictures.Count; i++)
        {
            using HttpResponseMessage response = await http.GetAsync(At($"/messages/{news.Row}/{i}"), ct).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) continue;
            byte[] file = await response.Content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
            // The name is our own, but what came over a wire is never a path.
            string path = Path.Combine(options.Folder, Path.GetFileName(view.Pictures[i].FileName));
            await File.WriteAllBytesAsync(path, file, ct).ConfigureAwait(false);
            _screen.ShowPicture(file, path);
            _page.Add(news.Message, file);
        }
    }

    private async Task<TerminalPage?> ReadAsync(string query, CancellationToken ct)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Patience);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(At(query), limit.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<TerminalPage>(Json, limit.Token).ConfigureAwait(false) : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private Uri At(string path) => new(options.Address, $"bots/terminal/{options.Session}{path}");
}
