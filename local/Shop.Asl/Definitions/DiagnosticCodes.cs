namespace Shop.Asl.Definitions;

/// <summary>Codes of ValidateStateMachineDefinition.</summary>
internal static class DiagnosticCodes
{
    public const string InvalidJson = "INVALID_JSON_DESCRIPTION";
    public const string MissingDescription = "MISSING_DESCRIPTION";
    public const string Schema = "SCHEMA_VALIDATION_FAILED";
    public const string InvalidResource = "INVALID_RESOURCE";
    public const string MissingEnd = "MISSING_END_STATE";
    public const string DuplicateName = "DUPLICATE_STATE_NAME";
    public const string InvalidName = "INVALID_STATE_NAME";
    public const string MissingTarget = "MISSING_TRANSITION_TARGET";
    public const string NoDollar = "NO_DOLLAR";
    public const string StaticResult = "PASS_RESULT_IS_STATIC";
}
