using System.Runtime.CompilerServices;
using Niche.Bots.Ports;
using Niche.Subnet.Jobs;
using Niche.Validator.Chat;

namespace Niche.Functions.Api.Bots;

/// <summary>Texts of the bots come from the same miners as those of the API.</summary>
public sealed class ValidatorWriting(ChatService chat) : IWriting
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<WrittenPiece> WriteAsync(string id, JobRequest request, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (ChatPiece piece in chat.WriteAsync(new ChatRequest(id, request), ct).ConfigureAwait(false))
            yield return new WrittenPiece(piece.Text, piece.Error);
    }
}
