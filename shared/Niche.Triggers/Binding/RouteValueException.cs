namespace Niche.Triggers.Binding;

/// <summary>A request's route value is not of the parameter's type: the caller's mistake, answered with 400.</summary>
internal sealed class RouteValueException(string name, Type type)
    : Exception($"The route value '{name}' is not a valid {type.Name}.");
