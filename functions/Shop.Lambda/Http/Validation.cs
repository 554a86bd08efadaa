using System.Diagnostics.CodeAnalysis;

namespace Shop.Lambda.Http;

/// <summary>Collects what is wrong with a request, by the JSON path of the field, so that one answer names every mistake.</summary>
/// <example><code>
/// var validation = new Validation();
/// validation.Check(size is >= 1 and &lt;= 100, "size", "must be from 1 to 100");
/// if (validation.Problem is { } problem) return problem;
/// </code></example>
public sealed class Validation
{
    private readonly Dictionary<string, List<string>> _errors = [];

    public bool IsValid => _errors.Count == 0;

    /// <summary>The 400 answer, or null when all is well.</summary>
    public ProblemResult? Problem =>
        IsValid ? null : ProblemResult.Invalid(_errors.ToDictionary(e => e.Key, e => e.Value.ToArray()));

    public bool Check(bool ok, string field, string message) => ok || Add(field, message);

    /// <summary>Records a mistake and answers false.</summary>
    public bool Add(string field, string message)
    {
        if (!_errors.TryGetValue(field, out var messages))
            _errors[field] = messages = [];
        messages.Add(message);
        return false;
    }

    public bool Required([NotNullWhen(true)] string? value, string field) =>
        !string.IsNullOrWhiteSpace(value) || Add(field, "is required");

    /// <summary>Required, and at most <paramref name="maxLength"/> characters.</summary>
    public bool Text([NotNullWhen(true)] string? value, int maxLength, string field) =>
        Required(value, field) && (value.Length <= maxLength || Add(field, $"must be at most {maxLength} characters"));

    public bool Range(long value, long min, long max, string field) =>
        (value >= min && value <= max) || Add(field, $"must be from {min} to {max}");

    /// <summary>Throws the 400 answer when something is wrong.</summary>
    public void ThrowIfInvalid()
    {
        if (Problem is { } problem)
            throw new ProblemException(problem.Value);
    }
}
