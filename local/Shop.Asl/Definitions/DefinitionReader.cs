using System.Text;
using System.Text.Json;
using Shop.Asl.Data;
using Shop.Asl.Execution;
using Shop.Asl.States;

namespace Shop.Asl.Definitions;

/// <summary>Reads and checks a whole definition.</summary>
internal sealed class DefinitionReader
{
    private readonly Findings _findings = new();

    public IReadOnlyList<Diagnostic> Diagnostics => _findings.All;

    public TimeSpan? Timeout { get; private set; }

    public string? Comment { get; private set; }

    /// <returns>Null if there are errors.</returns>
    public StateBlock? Read(string definition)
    {
        if (ReadJson(definition) is not { } root)
        {
            return null;
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            _findings.Schema("Definition must be a valid JSON object", "");
            return null;
        }

        if (!Json.IsDuplicateFree(root, "", ReportDuplicate))
        {
            return null;
        }

        var fields = new Fields(root, "", _findings);
        StateReader.CheckQueryLanguage(fields);
        Comment = fields.Text("Comment");
        if (fields.Text("Version") is { } version && version != "1.0")
        {
            fields.Wrong("Version", "1.0");
        }

        Timeout = fields.Integer("TimeoutSeconds", 1, Limits.MaxSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var block = new BlockReader(_findings).Read(fields);
        fields.Close();
        return _findings.HasErrors ? null : block;
    }

    private JsonElement? ReadJson(string definition)
    {
        if (string.IsNullOrWhiteSpace(definition))
        {
            _findings.Error(DiagnosticCodes.MissingDescription, "The definition is empty", "/");
            return null;
        }

        if (Encoding.UTF8.GetByteCount(definition) > Limits.DefinitionBytes)
        {
            _findings.Schema("The definition is larger than 1 MB", "/");
            return null;
        }

        try
        {
            RequireText(definition);
            return Json.Parse(definition);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            _findings.Error(DiagnosticCodes.InvalidJson, problem.Message, "/");
            return null;
        }
    }

    /// <summary>Half of a surrogate pair can be written as an escape and is no text: it would be found only where it is read.</summary>
    private static void RequireText(string definition)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(definition));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                _ = reader.GetString();
            }
        }
    }

    private void ReportDuplicate(string location, string name)
    {
        var code = location == "/States" || location.EndsWith("/States", StringComparison.Ordinal) ? DiagnosticCodes.DuplicateName : DiagnosticCodes.InvalidJson;
        _findings.Error(code, $"Duplicate field '{name}'", $"{location}/{name}");
    }
}
