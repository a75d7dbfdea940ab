using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;

namespace Niche.Functions.Api;

/// <summary>A body that asks for pictures or a text.</summary>
public interface IOrderBody
{
    /// <summary>Largest body, bytes.</summary>
    static virtual int MaxBytes => BodyReader.MaxBytes;

    /// <summary>What every door submits.</summary>
    JobDraft ToDraft();

    /// <summary>Faults in what only this body has.</summary>
    IEnumerable<NicheError> Faults();

    /// <summary>This body's name of a draft's field.</summary>
    string NameOf(string field);
}
