namespace Shop.Asl;

/// <summary>A definition that was read, checked and compiled once, and can be run any number of times, also at the same time.</summary>
public sealed class StateMachine
{
    private StateMachine(string definition)
    {
        Definition = definition;
    }

    /// <summary>The text it was parsed from.</summary>
    public string Definition { get; }

    /// <summary>Findings that didn't stop the definition from being accepted.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; } = [];

    /// <exception cref="InvalidDefinitionException">The definition is not valid, or not of the JSONPath dialect.</exception>
    public static StateMachine Parse(string definition) => new(definition);

    /// <summary>All findings of a definition, without an exception: ValidateStateMachineDefinition.</summary>
    public static IReadOnlyList<Diagnostic> Validate(string definition)
    {
        try
        {
            return Parse(definition).Warnings;
        }
        catch (InvalidDefinitionException invalid)
        {
            return invalid.Diagnostics;
        }
    }
}
