using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Niche.Bots.Terminal;
using Niche.Functions.Api;
using Niche.Storage;
using Niche.Subnet.Errors;

namespace Niche.Functions;

/// <summary>Terminal chat: the bots without any token, for a machine of one's own. Answers 404 unless Bots:Terminal is set.</summary>
public sealed class TerminalFunctions(TerminalDesk desk)
{
    [Function("TerminalSay")]
    public async Task<IActionResult> Say(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "bots/terminal/{session}")] HttpRequest request, string session, CancellationToken ct)
    {
        if (!desk.Knows(session)) return NotHere(request);
        (TerminalSaying? saying, List<NicheError> errors) = await BodyReader.ReadAsync<TerminalSaying>(request, ct);
        if (saying is null || errors.Count > 0) return Problem.From(request, errors);
        return await desk.ReceiveAsync(session, saying, ct)
            ? new AcceptedResult()
            : Problem.From(request, ErrorCatalogue.Create(ErrorCodes.InvalidParameter, "Give 'id' (1 to 64 letters, digits, '-') and 'text' or 'button' with 'message'."));
    }

    [Function("TerminalListen")]
    public async Task<IActionResult> Listen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bots/terminal/{session}")] HttpRequest request, string session, CancellationToken ct) =>
        desk.Knows(session) ? ApiJson.Answer(request, new TerminalPage(await desk.ListenAsync(session, request.Query["after"], !request.Query.ContainsKey("now"), ct))) : NotHere(request);

    [Function("TerminalSend")]
    public async Task<IActionResult> Send(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "bots/terminal/{session}/files/{file}")] HttpRequest request,
        string session, string file, CancellationToken ct)
    {
        if (!desk.Knows(session)) return NotHere(request);
        return await desk.StoreAsync(session, file, request.Body, ct)
            ? new AcceptedResult()
            : Problem.From(request, ErrorCatalogue.BodyTooLarge(TerminalDesk.MaxFileBytes));
    }

    [Function("TerminalFetch")]
    public async Task<IActionResult> Fetch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bots/terminal/{session}/messages/{row}/{index}")] HttpRequest request,
        string session, string row, string index, CancellationToken ct) =>
        desk.Knows(session) && await desk.FetchAsync(session, row, index, ct) is { } blob
            ? new FileContentResult(blob.Content.ToArray(), blob.ContentType)
            : NotHere(request);

    private static IActionResult NotHere(HttpRequest request) =>
        Problem.From(request, ErrorCatalogue.Create(ErrorCodes.NotFound, "There is no terminal chat here; the setting Bots:Terminal turns it on."));
}
