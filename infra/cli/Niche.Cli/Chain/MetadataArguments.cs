using System.CommandLine;
using System.Text;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Scale;
using Niche.Cli.Terminal;
using Niche.Cli.Wallets;

namespace Niche.Cli.Chain;

/// <summary>Metadata of a runtime: from a file, or asked of a chain.</summary>
internal sealed class MetadataArguments
{
    private const int MaxBytes = 32 << 20;

    private readonly Option<FileInfo?> _file = new("--metadata")
    {
        HelpName = "file", Description = "The runtime's metadata, SCALE or 0x hexadecimal, instead of asking a chain.",
    };

    private readonly ChainArguments _chain = new();

    public void AddTo(Command command)
    {
        command.Add(_file);
        _chain.AddTo(command, netuid: false);
    }

    /// <exception cref="CommandException">No metadata in the file, or a chain that has none.</exception>
    public async Task<RuntimeMetadata> ReadAsync(ParseResult parsed, Shell shell, CancellationToken ct)
    {
        if (parsed.GetValue(_file) is { } file) return await FromFileAsync(file, ct);
        await using var access = _chain.Open(parsed, shell);
        return await access.MetadataAsync(ct);
    }

    private static async Task<RuntimeMetadata> FromFileAsync(FileInfo file, CancellationToken ct)
    {
        if (!file.Exists || file.Length > MaxBytes) throw new CommandException(ExitCode.Usage, "usage", $"There is no {file.FullName} of at most 32 MiB.");
        var bytes = await File.ReadAllBytesAsync(file.FullName, ct);
        if (bytes.AsSpan().StartsWith("0x"u8)) bytes = Message.Hex(Encoding.ASCII.GetString(bytes).Trim(), "metadata");
        try
        {
            if (bytes.AsSpan().StartsWith("meta"u8)) return RuntimeMetadata.Read(bytes);
            return RuntimeMetadata.ReadOptional(bytes) ?? throw new ScaleFormatException("It is empty.");
        }
        catch (ScaleFormatException e)
        {
            throw new CommandException(ExitCode.Usage, "usage", $"{file.FullName} is no runtime metadata: {e.Message}");
        }
    }
}
