using System.Collections.Concurrent;
using Niche.Bittensor.Chain.Metadata;
using Niche.Bittensor.Tests.Vectors;

namespace Niche.Bittensor.Tests.Chain;

/// <summary>The metadata of real runtimes, read in place once; tests skip where ../shared is absent.</summary>
public static class RealMetadata
{
    private static readonly ConcurrentDictionary<string, Lazy<RuntimeMetadata>> Read = new();

    /// <summary>spec 293, metadata v14.</summary>
    public static RuntimeMetadata DevV14 => Of("dev_spec293_metadata_v14.bin");

    /// <summary>spec 293, metadata v15.</summary>
    public static RuntimeMetadata DevV15 => Of("dev_spec293_metadata_v15.bin");

    /// <summary>spec 393, metadata v16.</summary>
    public static RuntimeMetadata Finney => Of("finney_spec393_metadata_v16.scale");

    public static readonly string[] Files = ["dev_spec293_metadata_v14.bin", "dev_spec293_metadata_v15.bin", "finney_spec393_metadata_v16.scale"];

    public static RuntimeMetadata Of(string file)
    {
        var bytes = VectorFile.SharedBytes(file);
        return Read.GetOrAdd(file, _ => new(() => RuntimeMetadata.Read(bytes))).Value;
    }

    /// <summary>The metadata that a set of vectors was made with.</summary>
    public static RuntimeMetadata For(string vectorSet) => vectorSet == "finney_spec393" ? Finney : DevV14;
}
