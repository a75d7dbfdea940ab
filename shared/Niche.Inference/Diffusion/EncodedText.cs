namespace Niche.Inference.Diffusion;

/// <summary>What a text encoder made of some prompts.</summary>
/// <param name="States">Hidden states [rows, tokens, width].</param>
/// <param name="Rows">Prompts.</param>
/// <param name="Tokens">Tokens of each.</param>
/// <param name="Width">Numbers of each token.</param>
/// <param name="Pooled">One vector a prompt [rows, pooled width]; empty where the encoder has none.</param>
internal sealed record EncodedText(float[] States, int Rows, int Tokens, int Width, float[] Pooled)
{
    public int PooledWidth => Pooled.Length / Rows;

    /// <summary>Each token's numbers followed by the other encoder's, or by zeros where that one has none.</summary>
    public EncodedText Beside(EncodedText other)
    {
        var (width, states) = (Width + other.Width, new float[Rows * Tokens * (Width + other.Width)]);
        for (var token = 0; token < Rows * Tokens; token++)
        {
            States.AsSpan(token * Width, Width).CopyTo(states.AsSpan(token * width));
            other.States.AsSpan(token * other.Width, other.Width).CopyTo(states.AsSpan((token * width) + Width));
        }
        return new EncodedText(states, Rows, Tokens, width, PooledBeside(other));
    }

    /// <summary>The tokens followed by those of a wider encoder; zeros fill up the width.</summary>
    public EncodedText Before(EncodedText other)
    {
        var (tokens, states) = (Tokens + other.Tokens, new float[Rows * (Tokens + other.Tokens) * other.Width]);
        for (var row = 0; row < Rows; row++)
        {
            var target = states.AsSpan(row * tokens * other.Width);
            for (var token = 0; token < Tokens; token++)
                States.AsSpan(((row * Tokens) + token) * Width, Width).CopyTo(target[(token * other.Width)..]);
            other.States.AsSpan(row * other.Tokens * other.Width, other.Tokens * other.Width).CopyTo(target[(Tokens * other.Width)..]);
        }
        return new EncodedText(states, Rows, tokens, other.Width, Pooled);
    }

    /// <summary>Zeros in place of a row.</summary>
    public void Silence(int row)
    {
        States.AsSpan(row * Tokens * Width, Tokens * Width).Clear();
        if (Pooled.Length > 0) Pooled.AsSpan(row * PooledWidth, PooledWidth).Clear();
    }

    private float[] PooledBeside(EncodedText other)
    {
        if (Pooled.Length == 0 || other.Pooled.Length == 0) return Pooled.Length == 0 ? other.Pooled : Pooled;
        return [.. Enumerable.Range(0, Rows).SelectMany(row => Pooled.AsSpan(row * PooledWidth, PooledWidth).ToArray()
            .Concat(other.Pooled.AsSpan(row * other.PooledWidth, other.PooledWidth).ToArray()))];
    }
}
