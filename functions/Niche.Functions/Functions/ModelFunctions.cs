using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Subnet.Policy;
using Niche.Validator.Trusted;

namespace Niche.Functions;

/// <summary>What can be asked for.</summary>
public sealed class ModelFunctions(SubnetPolicy policy, Suggestions suggestions)
{
    [Function("ListModels")]
    public async Task<IActionResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/models")] HttpRequest request, CancellationToken ct)
    {
        List<ModelView> models = [];
        foreach (ModelPolicy model in policy.Models) models.Add(ModelView.From(model, policy, await suggestions.ForAsync(model.Name, ct)));
        return ApiJson.Answer(request, new ModelsBody("list", models));
    }
}
