namespace Shop.Asl.Definitions;

/// <summary>Everything that was found out about a definition while it was read.</summary>
internal sealed class Findings
{
    private readonly List<Diagnostic> _all = [];

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors { get; private set; }

    public void Error(string code, string message, string location)
    {
        HasErrors = true;
        _all.Add(new Diagnostic(DiagnosticSeverity.Error, code, message, location));
    }

    public void Schema(string message, string location) => Error(DiagnosticCodes.Schema, message, location);

    public void Warning(string code, string message, string location)
        => _all.Add(new Diagnostic(DiagnosticSeverity.Warning, code, message, location));
}
