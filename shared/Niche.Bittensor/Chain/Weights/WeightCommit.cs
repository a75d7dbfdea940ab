using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Niche.Bittensor.Keys;

namespace Niche.Bittensor.Chain.Weights;

/// <summary>A hashed commit, with all that its reveal needs. Secret until then.</summary>
/// <param name="Hotkey">SS58 address of the committer.</param>
/// <param name="Request">Exactly what will be revealed.</param>
/// <param name="Salt">Random numbers under the hash.</param>
/// <param name="Hash">0x and the hash that goes on chain.</param>
/// <param name="Call">The call that commits.</param>
/// <param name="PlannedAt">The newest block when it was made; it was sent, if it was, after that.</param>
public sealed record WeightCommit(string Hotkey, WeightRequest Request, IReadOnlyList<ushort> Salt, string Hash, string Call, ulong PlannedAt)
{
    /// <summary>Numbers of a salt; 128 bits.</summary>
    public const int SaltLength = 8;

    /// <summary>A commit with a new salt.</summary>
    /// <param name="request">Exactly what will be revealed.</param>
    /// <param name="publicKey">The hotkey, 32 bytes.</param>
    /// <param name="call">The call that commits.</param>
    /// <param name="block">The newest block.</param>
    public static WeightCommit Create(WeightRequest request, ReadOnlySpan<byte> publicKey, string call, ulong block)
    {
        var salt = new ushort[SaltLength];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(salt.AsSpan()));
        var hash = "0x" + Convert.ToHexStringLower(WeightCommitHash.Compute(publicKey, request, salt));
        return new(Ss58.Encode(publicKey), request, salt, hash, call, block);
    }
}
