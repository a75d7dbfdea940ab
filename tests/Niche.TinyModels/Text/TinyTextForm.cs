namespace Niche.TinyModels.Text;

/// <summary>What the families of decoder-only models do differently, and what their exports do differently.</summary>
/// <param name="Family">The <c>model_type</c> of their <c>config.json</c>; seeds the weights.</param>
public sealed record TinyTextForm(string Family)
{
    public const int Layers = 2;
    public const int Heads = 4;
    public const int CacheHeads = 2;
    public const int Inner = 24;

    public const float Epsilon = 1e-5f;
    public const float RotaryBase = 10_000;

    public int Width { get; init; } = 16;

    /// <summary>Logits of a place: more than the tokenizer has tokens, as in real models.</summary>
    public int Vocabulary { get; init; } = 272;

    /// <summary>Tokens of the tokenizer; the last one begins and ends texts.</summary>
    public int Tokens { get; init; } = 264;

    public int Context { get; init; } = 64;

    public int HeadSize { get; init; } = 4;

    /// <summary>Numbers of a head that turn with the position: the first so many.</summary>
    public int Rotary { get; init; } = 4;

    public TinyNorm Norm { get; init; } = TinyNorm.Rms;

    /// <summary><c>silu</c> or <c>gelu</c> (the tanh form).</summary>
    public string Activation { get; init; } = "silu";

    /// <summary>Whether the activated half multiplies another one.</summary>
    public bool Gated { get; init; } = true;

    /// <summary>Biases of query, key and value.</summary>
    public bool QueryBias { get; init; }

    /// <summary>Biases of all other matrices.</summary>
    public bool Bias { get; init; }

    /// <summary>Attention and MLP read the same norm and are added together.</summary>
    public bool Parallel { get; init; }

    /// <summary>Largest number of an embedding; a large one of a tied model makes it repeat the last token.</summary>
    public float EmbeddingScale { get; init; } = 1;

    /// <summary>Embeddings are multiplied by the root of their width.</summary>
    public bool ScaledEmbedding { get; init; }

    /// <summary>The embedding is also the head.</summary>
    public bool Tied { get; init; }

    /// <summary>Export: positions are an input.</summary>
    public bool Positions { get; init; } = true;

    /// <summary>Export: only the last logits can be asked for.</summary>
    public bool Keep { get; init; }

    /// <summary>Export: caches in half precision.</summary>
    public bool HalfCache { get; init; }

    /// <summary>Export: logits in half precision.</summary>
    public bool HalfLogits { get; init; }

    /// <summary>Export: ids, mask and positions of 32 bits.</summary>
    public bool NarrowIds { get; init; }

    /// <summary>A token whose embedding is not a number: every text that holds it fails, and no other may.</summary>
    public int? Poison { get; init; }

    public static TinyTextForm Llama { get; } = new("llama");

    public static TinyTextForm Gemma { get; } = new("gemma") { HeadSize = 6, Rotary = 6, Norm = TinyNorm.RmsPlusOne, Activation = "gelu", ScaledEmbedding = true, Tied = true };

    public static TinyTextForm Qwen { get; } = new("qwen2") { QueryBias = true, Tied = true };

    public static TinyTextForm Phi { get; } = new("phi") { Rotary = 2, Norm = TinyNorm.Layer, Activation = "gelu", Gated = false, QueryBias = true, Bias = true, Parallel = true };

    public static IReadOnlyList<TinyTextForm> All { get; } = [Llama, Gemma, Qwen, Phi];
}
