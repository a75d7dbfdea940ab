using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Niche.GpuEndpoint.Tests.Telemetry;

public sealed class OtlpTests
{
    [Fact]
    public async Task With_the_standard_variable_set_metrics_are_sent_to_the_collector()
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = WebApplication.CreateSlimBuilder().Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.MapPost("/v1/metrics", (RequestDelegate)(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            if (Encoding.Latin1.GetString(body.ToArray()).Contains("niche.num_requests_running", StringComparison.Ordinal)) heard.TrySetResult();
        }));
        await collector.StartAsync(TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Niche.GpuEndpoint.dll"), "--urls", "http://127.0.0.1:0", "--only", "text"]);
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.First();
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        start.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "100";

        using var endpoint = Process.Start(start)!;
        try
        {
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
        finally
        {
            endpoint.Kill();
        }
    }
}
