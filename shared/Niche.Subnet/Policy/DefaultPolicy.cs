using Niche.Subnet.Errors;

namespace Niche.Subnet.Policy;

/// <summary>The policy of the demo subnet, embedded as <c>default-policy.json</c>.</summary>
public static class DefaultPolicy
{
    /// <summary>The document's bytes.</summary>
    public static byte[] Document()
    {
        using var stream = typeof(DefaultPolicy).Assembly.GetManifestResourceStream("default-policy.json")
            ?? throw new InvalidOperationException("The embedded default policy is missing from the assembly.");
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>Reads and validates the document.</summary>
    public static SubnetPolicy Load() => PolicyJson.Read(Document()).Require();
}
