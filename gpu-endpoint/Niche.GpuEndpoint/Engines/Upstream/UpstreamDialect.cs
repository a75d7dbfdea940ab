namespace Niche.GpuEndpoint.Engines.Upstream;

/// <summary>What an OpenAI-compatible server understands beyond the common part, by what its list of models says of itself.</summary>
internal enum UpstreamDialect
{
    /// <summary>The common part only.</summary>
    Common,

    /// <summary>vLLM: top-k, min-p, repetition penalty, least tokens; checks of given texts.</summary>
    Vllm,

    /// <summary>llama.cpp's server: top-k, min-p, its own name for the repetition penalty.</summary>
    LlamaCpp,

    /// <summary>An endpoint like this one: everything, and checks of given texts.</summary>
    Niche,
}
