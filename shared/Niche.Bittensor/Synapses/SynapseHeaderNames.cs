namespace Niche.Bittensor.Synapses;

/// <summary>Names of the headers outside the two terminals.</summary>
internal static class SynapseHeaderNames
{
    public const string Name = "name";
    public const string Timeout = "timeout";
    public const string HeaderSize = "header_size";
    public const string TotalSize = "total_size";
    public const string ComputedBodyHash = "computed_body_hash";
    public const string BodySha256 = "niche_body_sha256";
    public const string BodySignature = "niche_body_signature";
    public const string InputPrefix = "bt_header_input_obj_";
}
