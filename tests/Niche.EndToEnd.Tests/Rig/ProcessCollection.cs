namespace Niche.EndToEnd.Tests.Rig;

/// <summary>One subnet of processes at a time: each of them wants the whole machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProcessCollection
{
    public const string Name = "processes";
}
