using Niche.Bittensor.Scale;

namespace Niche.Bittensor.Chain.Metadata;

/// <summary>Reads past what v16 says about deprecated items; no part of this library acts on it.</summary>
internal static class DeprecationReader
{
    /// <summary>0 not deprecated, 1 without a note, 2 with a note and perhaps a version.</summary>
    public static void SkipItem(ref ScaleReader reader)
    {
        switch (reader.ReadByte())
        {
            case 0 or 1: break;
            case 2:
                SkipNote(ref reader);
                break;
            case var tag: throw reader.Fail($"deprecation tag {tag}", "0 to 2", reader.Position - 1);
        }
    }

    /// <summary>A map from variant index to 1 without a note, or 2 with one.</summary>
    public static void SkipEnum(ref ScaleReader reader)
    {
        for (var left = reader.ReadLength(2); left > 0; left--)
        {
            _ = reader.ReadByte();
            switch (reader.ReadByte())
            {
                case 1: break;
                case 2:
                    SkipNote(ref reader);
                    break;
                case var tag: throw reader.Fail($"deprecation tag {tag}", "1 or 2", reader.Position - 1);
            }
        }
    }

    private static void SkipNote(ref ScaleReader reader)
    {
        _ = reader.ReadText();
        if (reader.ReadOption()) _ = reader.ReadText();
    }
}
