using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace Shop.Cdk.Constructs;

/// <summary>What has to be known of a definition before its substitutions are: it is no JSON yet, for some of them are numbers.</summary>
internal sealed partial class WorkflowDefinition
{
    public WorkflowDefinition(string file)
    {
        File = file;
        var text = System.IO.File.ReadAllText(file);
        Substitutions = [.. Substitution().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(System.StringComparer.Ordinal)];
        Integrations = [.. Resource().Matches(text).Select(m => m.Groups[1].Value).Distinct().Order(System.StringComparer.Ordinal)];
    }

    public string File { get; }
    public IReadOnlyList<string> Substitutions { get; }

    /// <summary>Such as <c>lambda:invoke</c> or <c>aws-sdk:rds:describeDBClusters</c>.</summary>
    public IReadOnlyList<string> Integrations { get; }

    public static WorkflowDefinition Of(Deployment deployment, string name) => new(Path.Combine(deployment.Folder, "statemachines", $"{name}.asl.json"));

    [GeneratedRegex(@"\$\{([A-Za-z0-9]+)\}")]
    private static partial Regex Substitution();

    [GeneratedRegex("""
        "Resource"\s*:\s*"arn:aws:states:::([^"]+)"
        """)]
    private static partial Regex Resource();
}
