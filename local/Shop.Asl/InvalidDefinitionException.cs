namespace Shop.Asl;

/// <summary>A definition that can't become a state machine; says everything that is wrong with it, not only the first thing.</summary>
public sealed class InvalidDefinitionException(IReadOnlyList<Diagnostic> diagnostics)
    : Exception("Invalid State Machine Definition: '" + string.Join(", ", diagnostics) + "'")
{
    public IReadOnlyList<Diagnostic> Diagnostics { get; } = diagnostics;
}
