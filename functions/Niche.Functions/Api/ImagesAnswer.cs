namespace Niche.Functions.Api;

/// <summary>Answer of <c>POST /v1/images/generations</c>.</summary>
/// <param name="Created">Unix seconds.</param>
/// <param name="Data">The pictures.</param>
/// <param name="JobId">The job behind them.</param>
public sealed record ImagesAnswer(long Created, IReadOnlyList<ImageData> Data, string JobId);

/// <summary>One picture, by address or in base64.</summary>
public sealed record ImageData(string? Url, string? B64Json, long Seed, string ReceiptId);
