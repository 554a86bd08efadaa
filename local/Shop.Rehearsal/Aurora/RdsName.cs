using System.Text.RegularExpressions;

namespace Shop.Rehearsal.Aurora;

internal static partial class RdsName
{
    /// <summary>1 to 63 letters, digits and hyphens, first a letter, no hyphen at the end and no two in a row; kept in lower case.</summary>
    public static string Parse(string id) => id.Length <= 63 && Pattern().IsMatch(id)
        ? id.ToLowerInvariant()
        : throw new RdsFault("InvalidParameterValue", $"{id} is not an identifier: 1-63 letters, digits and single hyphens, beginning with a letter.");

    [GeneratedRegex("^[a-zA-Z](-?[a-zA-Z0-9])*$")]
    private static partial Regex Pattern();
}
