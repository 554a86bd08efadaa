using System.Text.Json;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>RDS as SDK integrations see it: parameters, results and error names in their casing.</summary>
public interface IRdsCalls
{
    /// <param name="action">As in the Resource: <c>describeGlobalClusters</c>.</param>
    /// <exception cref="Asl.TaskFailureException">By its full name: <c>Rds.GlobalClusterNotFoundException</c>.</exception>
    Task<JsonElement> CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken);
}
