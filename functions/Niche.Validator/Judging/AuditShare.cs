using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Niche.Subnet.Policy;
using Niche.Validator.Configuration;

namespace Niche.Validator.Judging;

/// <summary>Decides which organic answers are compared with the reference, in a way that no miner can foresee.</summary>
public sealed class AuditShare(IOptions<ValidatorOptions> options)
{
    private const int Resolution = 1 << 30;

    /// <summary>True when this answer is to be compared.</summary>
    public bool Draw(ModelPolicy model) =>
        RandomNumberGenerator.GetInt32(Resolution) < (options.Value.OrganicAudit ?? model.OrganicAudit) * Resolution;
}
