namespace Shop.Asl;

public enum DiagnosticSeverity
{
    Error,
    Warning,
}
