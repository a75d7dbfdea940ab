namespace Niche.Bittensor.Synapses;

/// <summary>Names of the headers of one terminal, put together once.</summary>
internal sealed class TerminalHeaderNames(string prefix)
{
    public static TerminalHeaderNames Axon { get; } = new("bt_header_axon_");

    public static TerminalHeaderNames Dendrite { get; } = new("bt_header_dendrite_");

    public string StatusCode { get; } = prefix + "status_code";

    public string StatusMessage { get; } = prefix + "status_message";

    public string ProcessTime { get; } = prefix + "process_time";

    public string Ip { get; } = prefix + "ip";

    public string Port { get; } = prefix + "port";

    public string Version { get; } = prefix + "version";

    public string Nonce { get; } = prefix + "nonce";

    public string Uuid { get; } = prefix + "uuid";

    public string Hotkey { get; } = prefix + "hotkey";

    public string Signature { get; } = prefix + "signature";
}
