using System.Text.Json;

namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>S3 as SDK integrations see it: <c>putObject</c>, <c>getObject</c>, …</summary>
public interface IS3Calls
{
    /// <exception cref="Asl.TaskFailureException">By its full name: <c>S3.NoSuchKeyException</c>.</exception>
    Task<JsonElement> CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken);
}
