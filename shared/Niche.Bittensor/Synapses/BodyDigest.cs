using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Niche.Bittensor.Synapses;

/// <summary>
/// What <see cref="BoundSynapse"/> carries: SHA-256, in lower-case hex, over <c>POST /{Name}</c> and a line feed, then for every member of the body's
/// JSON object in the order of the body, the bytes from the opening quote of its name to the end of its value, and a line feed. The base
/// members (name, timeout, sizes, dendrite, axon, computed_body_hash) and the digest itself are left out: the signature covers what matters
/// of those.
/// </summary>
public static class BodyDigest
{
    private static readonly HashSet<string> LeftOut = new(StringComparer.Ordinal)
    {
        "name", "timeout", "total_size", "header_size", "dendrite", "axon", "computed_body_hash", BoundSynapse.FieldName,
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> LeftOutSpans = LeftOut.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The digest of a body for a route.</summary>
    /// <exception cref="JsonException">The body is not a JSON object.</exception>
    public static string Compute(string name, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"POST /{name}\n"));
        try
        {
            Append(hash, body);
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("The name of a member is not Unicode.", fault);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = 64 });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException("The body is not a JSON object.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var start = (int)reader.TokenStartIndex;
            var counts = !IsLeftOut(ref reader);
            reader.Read();
            reader.Skip();
            if (!counts) continue;
            hash.AppendData(body[start..(int)reader.BytesConsumed]);
            hash.AppendData("\n"u8);
        }

        reader.Read(); // Nothing may follow.
    }

    // By the name as it reads, not as it is spelt: an escaped "na\u006de" is the base member too.
    private static bool IsLeftOut(ref Utf8JsonReader reader)
    {
        Span<char> name = stackalloc char[64];
        return reader.ValueSpan.Length <= name.Length && LeftOutSpans.Contains(name[..reader.CopyString(name)]);
    }
}
