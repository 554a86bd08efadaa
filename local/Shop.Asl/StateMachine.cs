using Shop.Asl.Definitions;
using Shop.Asl.States;

namespace Shop.Asl;

/// <summary>A definition that was read, checked and compiled once, and can be run any number of times, also at the same time.</summary>
public sealed class StateMachine
{
    private StateMachine(string definition, DefinitionReader reader, StateBlock block)
    {
        Definition = definition;
        Warnings = reader.Diagnostics;
        Comment = reader.Comment;
        Timeout = reader.Timeout;
        Block = block;
    }

    /// <summary>The text it was parsed from.</summary>
    public string Definition { get; }

    public string? Comment { get; }

    /// <summary>TimeoutSeconds of the definition.</summary>
    public TimeSpan? Timeout { get; }

    /// <summary>Findings that didn't stop the definition from being accepted.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; }

    internal StateBlock Block { get; }

    /// <exception cref="InvalidDefinitionException">The definition is not valid, or not of the JSONPath dialect.</exception>
    public static StateMachine Parse(string definition)
    {
        var reader = new DefinitionReader();
        return reader.Read(definition) is { } block
            ? new StateMachine(definition, reader, block)
            : throw new InvalidDefinitionException(reader.Diagnostics);
    }

    /// <summary>All findings of a definition, without an exception: ValidateStateMachineDefinition.</summary>
    public static IReadOnlyList<Diagnostic> Validate(string definition)
    {
        var reader = new DefinitionReader();
        reader.Read(definition);
        return reader.Diagnostics;
    }
}
