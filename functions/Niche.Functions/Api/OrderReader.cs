using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Subnet.Policy;

namespace Niche.Functions.Api;

/// <summary>Reads an order and names every fault at once: wrong types, what only the body has, what the policy says; one error a field.</summary>
public static class OrderReader
{
    /// <summary>Reads the body of a request.</summary>
    public static async Task<Result<Order<T>>> ReadAsync<T>(HttpRequest request, SubnetPolicy policy, CancellationToken ct)
        where T : class, IOrderBody
    {
        (T? body, List<NicheError> errors) = await BodyReader.ReadAsync<T>(request, ct, T.MaxBytes).ConfigureAwait(false);
        if (body is null) return new Result<Order<T>>(errors);
        JobDraft draft = body.ToDraft();
        Result<JobRequest> wanted = JobRequestValidator.Validate(draft, policy, RandomNumberGenerator.GetInt32(int.MaxValue));
        Add(errors, body.Faults());
        Add(errors, wanted.Errors.Select(error => Rename(error, body)));
        return errors.Count == 0 ? new Result<Order<T>>(new Order<T>(body, draft, wanted.Value!)) : new Result<Order<T>>(errors);
    }

    private static void Add(List<NicheError> errors, IEnumerable<NicheError> more)
    {
        foreach (NicheError error in more)
        {
            if (!errors.Any(known => known.Parameter == error.Parameter)) errors.Add(error);
        }
    }

    private static NicheError Rename(NicheError error, IOrderBody body)
    {
        if (error.Parameter is not { } field || body.NameOf(field) is not { } name || name == field) return error;
        return error with { Parameter = name, Detail = error.Detail.Replace($"'{field}'", $"'{name}'", StringComparison.Ordinal) };
    }
}
