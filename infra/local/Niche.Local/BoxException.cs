namespace Niche.Local;

/// <summary>The box cannot go on, for a reason that the person at the terminal can do something about.</summary>
internal sealed class BoxException(string message) : Exception(message);
