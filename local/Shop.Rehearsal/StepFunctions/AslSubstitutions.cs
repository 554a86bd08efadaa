using System.Text.RegularExpressions;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Definition substitutions as CloudFormation does them: plain text for <c>${Name}</c>, before anything is parsed.</summary>
public static partial class AslSubstitutions
{
    /// <exception cref="ArgumentException">A name has no value, or a value is never used: one of the two is a typing error.</exception>
    public static string Apply(string text, IReadOnlyDictionary<string, string> values)
    {
        var wanted = Names(text);
        var missing = wanted.Except(values.Keys).Order(StringComparer.Ordinal).ToList();
        var unused = values.Keys.Except(wanted).Order(StringComparer.Ordinal).ToList();
        if (missing.Count + unused.Count > 0)
        {
            throw new ArgumentException(
                $"Substitutions don't fit the definition: missing [{string.Join(", ", missing)}], unused [{string.Join(", ", unused)}].",
                nameof(values));
        }

        return Placeholder().Replace(text, match => values[match.Groups[1].Value]);
    }

    /// <summary>The values that a text needs, out of a larger set.</summary>
    public static string ApplyNeeded(string text, IReadOnlyDictionary<string, string> values)
    {
        var wanted = Names(text);
        return Apply(text, values.Where(value => wanted.Contains(value.Key)).ToDictionary());
    }

    public static IReadOnlySet<string> Names(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)\}")]
    private static partial Regex Placeholder();
}
