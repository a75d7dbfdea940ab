using Niche.Subnet.Receipts;

namespace Niche.Validator.Receipts;

/// <summary>A receipt as it is kept: the signed document, and the distances behind its verdict.</summary>
/// <param name="Document">What was signed.</param>
/// <param name="Evidence">Named distances; empty when nothing was compared.</param>
public sealed record StoredReceipt(SignedReceipt Document, IReadOnlyDictionary<string, double> Evidence);
