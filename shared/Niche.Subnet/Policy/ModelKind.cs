namespace Niche.Subnet.Policy;

/// <summary>What a model gives.</summary>
public enum ModelKind
{
    /// <summary>Pictures, synapse <c>ImageGenerating</c>.</summary>
    Image,

    /// <summary>Text, synapse <c>TextGenerating</c>.</summary>
    Text,
}
