using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Functions.Api;
using Niche.Subnet.Errors;
using Niche.Validator.Receipts;

namespace Niche.Functions;

/// <summary>Receipts.</summary>
public sealed class ReceiptFunctions(ReceiptStore receipts)
{
    [Function("GetReceipt")]
    public async Task<IActionResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/receipts/{id}")] HttpRequest request, string id, CancellationToken ct) =>
        await receipts.GetAsync(id, ct) is { } receipt
            ? ApiJson.Answer(request, ReceiptView.From(receipt))
            : Problem.From(request, ErrorCatalogue.Create(ErrorCodes.ReceiptNotFound, "There is no such receipt. Its id stands beside each picture, as receipt_id."));
}
