namespace Niche.Bittensor.Chain.Metadata;

/// <summary>A transaction extension ("signed extension" before v16).</summary>
/// <param name="Identifier">Its name, such as <c>CheckNonce</c>.</param>
/// <param name="Extra">Type of what it puts into the extrinsic.</param>
/// <param name="Additional">Type of what is signed but not sent.</param>
public sealed record ExtensionInfo(string Identifier, int Extra, int Additional);
