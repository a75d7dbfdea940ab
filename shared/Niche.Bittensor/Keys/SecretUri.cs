using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using NSec.Cryptography;

namespace Niche.Bittensor.Keys;

/// <summary>A parsed secret URI: <c>phrase or 0xseed</c>, then <c>//hard</c> and <c>/soft</c> junctions, then <c>///password</c>.</summary>
internal sealed record SecretUri(string Root, IReadOnlyList<SecretUri.Junction> Junctions, string Password)
{
    /// <summary>The publicly known phrase that an empty root stands for (//Alice, //Bob ...).</summary>
    public const string DevelopmentPhrase = "bottom drive obey lake curtain smoke basket hold race lonely fit walk";

    private const int MaxLength = 1024;

    public static SecretUri Parse(string uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (uri.Length > MaxLength) throw new KeyFormatException($"A secret URI has at most {MaxLength} characters.");

        var passwordAt = uri.IndexOf("///", StringComparison.Ordinal);
        var password = passwordAt < 0 ? "" : uri[(passwordAt + 3)..];
        var path = passwordAt < 0 ? uri : uri[..passwordAt];
        var firstSlash = path.IndexOf('/', StringComparison.Ordinal);
        var root = (firstSlash < 0 ? path : path[..firstSlash]).Trim();
        if (root.Length == 0 && firstSlash < 0)
            throw new KeyFormatException("A secret URI is a phrase, a 0x seed, or a path such as //Alice.");
        return new SecretUri(root.Length == 0 ? DevelopmentPhrase : root, ParseJunctions(path, firstSlash), password);
    }

    /// <summary>The 32-byte seed that the junctions start from. Zero it after use.</summary>
    /// <exception cref="KeyFormatException">Neither a phrase nor a seed.</exception>
    public byte[] RootSeed()
    {
        if (!Root.StartsWith("0x", StringComparison.Ordinal)) return Mnemonic.ToMiniSecret(Root, Password);
        if (Password.Length > 0) throw new KeyFormatException("A password belongs to a phrase; a 0x seed has none.");
        var seed = new byte[32];
        var status = Convert.FromHexString(Root.AsSpan(2), seed, out _, out var written);
        return status == OperationStatus.Done && written == seed.Length
            ? seed
            : throw new KeyFormatException("A seed is 0x and 64 hexadecimal digits.");
    }

    /// <summary>Says nothing of the secret.</summary>
    public override string ToString() => nameof(SecretUri);

    private static List<Junction> ParseJunctions(string path, int at)
    {
        var junctions = new List<Junction>();
        while (at >= 0 && at < path.Length)
        {
            var hard = path.AsSpan(at).StartsWith("//", StringComparison.Ordinal);
            var start = at + (hard ? 2 : 1);
            var end = path.IndexOf('/', start);
            var name = path[start..(end < 0 ? path.Length : end)];
            if (name.Length == 0) throw new KeyFormatException("A junction of a secret URI is empty; write //name or /name.");
            junctions.Add(new Junction(hard, name));
            at = end;
        }

        return junctions;
    }

    /// <summary>One step of a derivation path.</summary>
    internal sealed record Junction(bool Hard, string Name)
    {
        /// <summary>32 bytes: u64 little-endian for a number, else the SCALE string; hashed by BLAKE2b-256 when longer than 32.</summary>
        public byte[] ChainCode()
        {
            var code = new byte[32];
            if (ulong.TryParse(Name, System.Globalization.NumberStyles.None, null, out var number))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(code, number);
                return code;
            }

            var text = Encoding.UTF8.GetBytes(Name);
            byte[] encoded = text.Length < 64
                ? [(byte)(text.Length << 2), .. text]
                : [(byte)((text.Length << 2) | 1), (byte)(text.Length >> 6), .. text];
            if (encoded.Length > 32) return HashAlgorithm.Blake2b_256.Hash(encoded);
            encoded.CopyTo(code, 0);
            return code;
        }
    }
}
