using System.Numerics;
using System.Text.Json;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Synapses;

// The classes behind the recorded body hashes, as they were in Python.
public sealed record Plain : Synapse;

[RequiredHashFields("prompt")]
public sealed record OneStr : Synapse
{
    public string? Prompt { get; init; }
}

[RequiredHashFields("a", "b")]
public sealed record Ints : Synapse
{
    public long A { get; init; }

    public BigInteger B { get; init; }
}

[RequiredHashFields("a", "b", "c", "d", "e")]
public sealed record Floats : Synapse
{
    public double A { get; init; }

    public double B { get; init; }

    public double C { get; init; }

    public double D { get; init; }

    public double E { get; init; }
}

[RequiredHashFields("a", "b")]
public sealed record Bools : Synapse
{
    public bool A { get; init; }

    public bool B { get; init; }
}

[RequiredHashFields("v")]
public sealed record Listed<T> : Synapse
{
    public IReadOnlyList<T> V { get; init; } = [];
}

[RequiredHashFields("v")]
public sealed record Mixed : Synapse
{
    public JsonElement V { get; init; }
}

[RequiredHashFields("a", "b")]
public sealed record OrderAB : Synapse
{
    public string A { get; init; } = "";

    public string B { get; init; } = "";
}

[RequiredHashFields("b", "a")]
public sealed record OrderBA : Synapse
{
    public string A { get; init; } = "";

    public string B { get; init; } = "";
}

[RequiredHashFields("query")]
public sealed record Required : Synapse
{
    public required string Query { get; init; }

    public required IReadOnlyList<int> Ids { get; init; }

    public required IReadOnlyDictionary<string, double> Opts { get; init; }

    public required bool Flag { get; init; }

    public required int N { get; init; }

    public required double F { get; init; }
}

[RequiredHashFields("missing")]
public sealed record WrongDeclaration : Synapse;
