using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Niche.Bittensor.Keys;
using Niche.Bittensor.Synapses;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>A request written by hand as the Python dendrite writes it, every part of which a test can spoil.</summary>
public sealed class StockCall
{
    private static long _calls;

    public StockCall(string axonHotkey, long nonce)
    {
        Headers["name"] = "Echo";
        Headers["timeout"] = "12.0";
        Headers["bt_header_axon_ip"] = "127.0.0.1";
        Headers["bt_header_axon_port"] = "8091";
        Headers["bt_header_axon_hotkey"] = axonHotkey;
        Headers["bt_header_dendrite_ip"] = "203.0.113.9";
        Headers["bt_header_dendrite_version"] = "10002000";
        Headers["bt_header_dendrite_nonce"] = nonce.ToString(CultureInfo.InvariantCulture);
        Headers["bt_header_dendrite_uuid"] = string.Create(CultureInfo.InvariantCulture, $"uuid-{Interlocked.Increment(ref _calls)}");
        Headers["bt_header_input_obj_text"] = "IiI=";
        Headers["header_size"] = "464";
        Headers["total_size"] = "3365";
        Headers["computed_body_hash"] = BodyHash.OfTexts(["hello"]);
    }

    public Dictionary<string, string> Headers { get; } = [];

    public string Path { get; set; } = "Echo";

    public HttpMethod Method { get; set; } = HttpMethod.Post;

    public byte[] Body { get; set; } = """{"text": "hello", "times": 2}"""u8.ToArray();

    public static StockCall To(AxonHost axon, TimeProvider? time = null) =>
        new StockCall(axon.Hotkey.Address, NonceClock.Now(time ?? TimeProvider.System)).Sign();

    public StockCall Sign(string signer = "//Alice")
    {
        using var key = Keypair.FromUri(signer);
        Headers["bt_header_dendrite_hotkey"] = key.Address;
        var text = string.Join('.', Part("nonce"), key.Address, Headers["bt_header_axon_hotkey"], Part("uuid"), Headers["computed_body_hash"]);
        Headers["bt_header_dendrite_signature"] = "0x" + Convert.ToHexStringLower(key.Sign(Encoding.UTF8.GetBytes(text)));
        return this;
    }

    public StockCall With(string header, string? value)
    {
        if (value is null) Headers.Remove(header);
        else Headers[header] = value;
        return this;
    }

    public async Task<HttpResponseMessage> SendAsync(HttpClient http, Uri address)
    {
        using var request = new HttpRequestMessage(Method, new Uri(address, Path)) { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        foreach (var (name, value) in Headers) request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private string Part(string field) => Headers["bt_header_dendrite_" + field];
}
