namespace Shop.Asl;

/// <summary>One finding about a definition, in the terms of ValidateStateMachineDefinition.</summary>
/// <param name="Severity">Errors refuse the definition; warnings don't.</param>
/// <param name="Code">A code of the service, for example <c>MISSING_TRANSITION_TARGET</c>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Location">Where: <c>/States/Charge/Next</c>. Empty if it is nowhere in it.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string Code, string Message, string Location)
{
    public override string ToString() => Location.Length == 0 ? $"{Code}: {Message}" : $"{Code}: {Message} at {Location}";
}
