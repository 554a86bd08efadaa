using System.Diagnostics.CodeAnalysis;

namespace Shop.Rehearsal.Aurora;

/// <summary>An error that RDS answers with, by the code of its query API: <c>GlobalClusterNotFoundFault</c>.</summary>
[SuppressMessage("Naming", "CA1710", Justification = "RDS calls them faults.")]
public sealed class RdsFault(string code, string message) : Exception(message)
{
    private static readonly HashSet<string> Unmodelled = new(StringComparer.Ordinal)
    {
        "InvalidParameterValue", "InvalidParameterCombination", "MissingParameter", "InvalidAction", "ServiceUnavailable",
    };

    public string Code { get; } = code;

    public int HttpStatus => Code.Contains("NotFound", StringComparison.Ordinal) ? 404 : Code == "ServiceUnavailable" ? 503 : 400;

    /// <summary>As a state machine's Catch names it: Java spelling, and <c>Exception</c> for <c>Fault</c>.</summary>
    public string StatesError
    {
        get
        {
            if (Unmodelled.Contains(Code))
            {
                return "Rds.RdsException";
            }

            var name = Code.EndsWith("Fault", StringComparison.Ordinal) ? Code[..^"Fault".Length] : Code;
            return $"Rds.{name.Replace("DB", "Db", StringComparison.Ordinal).Replace("KMS", "Kms", StringComparison.Ordinal)}Exception";
        }
    }
}
