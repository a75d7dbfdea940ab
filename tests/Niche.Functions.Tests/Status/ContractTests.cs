using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Status;

/// <summary>What Studio reads is there, under the names by which it reads it.</summary>
public sealed class ContractTests(SharedSubnet shared)
{
    private static readonly string[] Outcomes = ["verified", "wrong", "invalid", "late", "overloaded", "unreachable"];

    [Fact]
    public async Task Miners_have_what_the_table_shows()
    {
        await shared.Http.PaintAsync();
        JsonNode network = await shared.Http.GetJsonAsync("/v1/miners");
        Has(network, "block", "validator", "queues", "miners");
        Has(network["validator"]!, "hotkey", "uid");
        Has(network["queues"]!, "organic", "synthetic", "score", "deliveries");
        JsonNode miner = Assert.Single(network["miners"]!.AsArray())!;
        Has(miner, "uid", "hotkey", "model", "status", "weight", "share", "total_volume", "counts", "recent");
        Assert.Equal("online", (string?)miner["status"]);
        Has(miner["counts"]!, Outcomes);
        JsonNode verdict = miner["recent"]!.AsArray()[0]!;
        Has(verdict, "at", "outcome", "reason", "kind");
    }

    [Fact]
    public async Task Receipts_have_what_the_panel_shows()
    {
        JsonNode job = await shared.Http.PaintAsync();
        string id = (string)job["results"]![0]!["receipt_id"]!;
        JsonNode receipt = await shared.Http.GetJsonAsync("/v1/receipts/" + id);
        Has(receipt, "id", "job_id", "model", "prompt_sha256", "seed", "steps", "guidance", "width", "height", "miner_uid", "miner_hotkey", "validator_hotkey",
            "created_at", "queued_ms", "miner_ms", "total_ms", "verdict", "image_sha256", "signature", "document");
        Has(receipt["verdict"]!, "outcome", "reason", "evidence");
        Assert.Equal(id, (string?)receipt["id"]);
    }

    [Theory]
    [InlineData("0000000000000000000000000v")]
    [InlineData("x")]
    [InlineData("..%2Freceipts")]
    public async Task A_receipt_that_is_not_there_is_not_found(string id)
    {
        (HttpResponseMessage response, JsonNode? problem) = await shared.Http.SendAsync(HttpMethod.Get, "/v1/receipts/" + id);
        Talk.AssertProblem(response, problem, 404, "receipt_not_found");
    }

    [Fact]
    public async Task Models_have_what_the_composer_offers()
    {
        JsonNode models = await shared.Http.GetJsonAsync("/v1/models");
        Assert.Equal("list", (string?)models["object"]);
        JsonNode painter = models["data"]!.AsArray().Single(model => (string?)model!["niche"]!["kind"] == "image")!;
        Has(painter, "id", "object", "created", "owned_by");
        JsonNode niche = painter["niche"]!;
        Has(niche, "sizes", "steps", "guidance", "max_count", "max_seed", "max_prompt_characters", "suggestions");
        Has(niche["steps"]!, "min", "max", "default");
        Has(niche["sizes"]![0]!, "width", "height");
        Assert.NotEmpty(niche["suggestions"]!.AsArray());
    }

    private static void Has(JsonNode node, params string[] members)
    {
        string[] missing = [.. members.Where(member => !node.AsObject().ContainsKey(member))];
        Assert.True(missing.Length == 0, $"Missing {string.Join(", ", missing)} in {node.ToJsonString()}");
    }
}
