using System.Text.RegularExpressions;

namespace Shop.Rehearsal.LoadBalancing;

/// <summary>Sends paths that match the pattern (<c>*</c> any characters, <c>?</c> one) to a function's target group.</summary>
public sealed record ListenerRule(string PathPattern, string FunctionName)
{
    private readonly Regex _pattern = new(
        "^" + Regex.Escape(PathPattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant);

    public bool Matches(string path) => _pattern.IsMatch(path);
}
