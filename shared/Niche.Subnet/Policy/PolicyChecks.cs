using Niche.Subnet.Errors;

namespace Niche.Subnet.Policy;

/// <summary>Collects breaches while a policy is walked.</summary>
internal sealed class PolicyChecks
{
    private readonly List<NicheError> errors = [];

    public IReadOnlyList<NicheError> Errors => errors;

    public void Between(string path, double value, double min, double max)
    {
        // Negated so that NaN fails.
        if (!(value >= min && value <= max)) errors.Add(ErrorCatalogue.OutOfRange(ErrorCodes.InvalidPolicy, path, min, max));
    }

    // Nullable annotations do not reach list elements in JSON.
    public bool NoNulls<T>(string path, IReadOnlyList<T> items)
    {
        var none = items.All(item => item is not null);
        That(none, path, "must not hold null");
        return none;
    }

    public void That(bool holds, string path, string rule)
    {
        if (!holds) errors.Add(ErrorCatalogue.Create(ErrorCodes.InvalidPolicy, $"'{path}' {rule}.", path));
    }
}
