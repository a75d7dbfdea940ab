using Niche.Subnet.Jobs;

namespace Niche.Bots.Terminal.Client;

/// <summary>Sends the files that a line names as <c>@path</c>. Whatever is wrong with one of them is said, and then nothing of the line is sent.</summary>
internal sealed class FileSender(HttpClient http, ChatOptions options, TextWriter output, TimeProvider time)
{
    /// <summary>Sends them.</summary>
    /// <returns>The line without them, their names there, their bytes; null when the line must not be sent.</returns>
    public async Task<(string Text, IReadOnlyList<string> Names, IReadOnlyList<byte[]> Files)?> SendAsync(string line, CancellationToken ct)
    {
        List<string> names = [], words = [];
        List<byte[]> files = [];
        foreach (string word in line.Split(' '))
        {
            string path = word.Length > 1 && word[0] == '@' ? word[1..] : "";
            if (!File.Exists(path))
            {
                // A word that can only be meant as a path must not become part of a prompt.
                if (path.Contains('/', StringComparison.Ordinal) || Path.GetExtension(path).Length is 4 or 5)
                {
                    await output.WriteLineAsync($"There is no file {path}; nothing was sent.").ConfigureAwait(false);
                    return null;
                }

                words.Add(word);
                continue;
            }

            string name = TimeOrderedId.Create(time.GetUtcNow());
            if (await UploadAsync(path, name, ct).ConfigureAwait(false) is not { } file) return null;
            names.Add(name);
            files.Add(file);
        }

        return (string.Join(' ', words), names, files);
    }

    private async Task<byte[]?> UploadAsync(string path, string name, CancellationToken ct)
    {
        // Looked at before it is read: nobody waits for an upload that is refused.
        if (new FileInfo(path).Length > TerminalDesk.MaxFileBytes)
        {
            await output.WriteLineAsync($"{path} is too large; nothing was sent. Up to {TerminalDesk.MaxFileBytes / 1024 / 1024} MB work.").ConfigureAwait(false);
            return null;
        }

        try
        {
            byte[] file = await File.ReadAllBytesAsync(path, ct).ConfigureAwait(false);
            using ByteArrayContent content = new(file);
            using HttpResponseMessage response = await http.PutAsync(new Uri(options.Address, $"bots/terminal/{options.Session}/files/{name}"), content, ct).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return file;
            await output.WriteLineAsync($"{path} was not taken ({(int)response.StatusCode}); nothing was sent.").ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await output.WriteLineAsync($"{path} was not taken ({e.Message}); nothing was sent.").ConfigureAwait(false);
        }

        return null;
    }
}
