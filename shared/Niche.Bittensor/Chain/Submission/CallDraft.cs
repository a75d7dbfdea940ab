using Niche.Bittensor.Chain.Extrinsics;
using Niche.Bittensor.Chain.Metadata;

namespace Niche.Bittensor.Chain.Submission;

/// <summary>A call by names; encoded when it is signed, for the runtime of that moment.</summary>
/// <param name="Pallet">For example <c>SubtensorModule</c>.</param>
/// <param name="Name">For example <c>set_weights</c>.</param>
/// <param name="Arguments">By the names of the runtime's source; see <see cref="Values.ScaleValueEncoder"/> for what they may be.</param>
public sealed record CallDraft(string Pallet, string Name, IReadOnlyDictionary<string, object?> Arguments)
{
    /// <summary>A call with arguments in any order.</summary>
    public static CallDraft Of(string pallet, string name, params (string Name, object? Value)[] arguments) =>
        new(pallet, name, arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));

    /// <summary>The call for runtimes that do not have this one.</summary>
    public CallDraft? Otherwise { get; init; }

    /// <summary>The call's bytes for a runtime.</summary>
    /// <exception cref="MetadataNameException">The runtime has none of the calls.</exception>
    /// <exception cref="Scale.ScaleFormatException">An argument is missing, unknown or of another type.</exception>
    public ChainCall Encode(RuntimeMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return Otherwise is not null && metadata.FindCall(Pallet, Name) is null ? Otherwise.Encode(metadata) : ChainCall.Encode(metadata, Pallet, Name, Arguments);
    }
}
