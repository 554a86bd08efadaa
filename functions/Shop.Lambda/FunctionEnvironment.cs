using System.Collections;
using System.Globalization;

namespace Shop.Lambda;

/// <summary>The environment of the function: the process's own, or what a test handed in.</summary>
public sealed class FunctionEnvironment
{
    private readonly Dictionary<string, string?> _variables;

    public FunctionEnvironment(IReadOnlyDictionary<string, string?>? variables = null)
    {
        IsProcess = variables is null;
        _variables = variables is null
            ? Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(e => (string)e.Key, e => (string?)e.Value)
            : new Dictionary<string, string?>(variables);
    }

    /// <summary>The variable, or null when it is absent or empty.</summary>
    public string? this[string name] => _variables.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public string Region => this["AWS_REGION"] ?? "local";

    public string FunctionName => this["AWS_LAMBDA_FUNCTION_NAME"] ?? System.Reflection.Assembly.GetEntryAssembly()?.GetName().Name ?? "function";

    /// <summary>As logs and metrics name the function: <c>POWERTOOLS_SERVICE_NAME</c>, else its own name.</summary>
    public string Service => this["POWERTOOLS_SERVICE_NAME"] ?? FunctionName;

    public string? RuntimeApi => this["AWS_LAMBDA_RUNTIME_API"];

    /// <summary>
    /// Time kept for answering when a handler is cut short: it is cancelled that much before the deadline, and answered for after
    /// more than half of it. <c>DEADLINE_MARGIN_MS</c>, 250 by default.
    /// </summary>
    internal TimeSpan DeadlineMargin => TimeSpan.FromMilliseconds(
        int.TryParse(this["DEADLINE_MARGIN_MS"], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : 250);

    internal bool IsProcess { get; }

    internal IEnumerable<KeyValuePair<string, string?>> AsConfiguration() =>
        _variables.Select(v => KeyValuePair.Create(v.Key.Replace("__", ":", StringComparison.Ordinal), v.Value));
}
