namespace Niche.Bots.Pictures;

/// <summary>An enlarged picture.</summary>
/// <param name="Png">The file.</param>
/// <param name="FromWidth">Width before.</param>
/// <param name="FromHeight">Height before.</param>
/// <param name="Width">Width now.</param>
/// <param name="Height">Height now.</param>
public sealed record EnlargedPicture(byte[] Png, int FromWidth, int FromHeight, int Width, int Height);
