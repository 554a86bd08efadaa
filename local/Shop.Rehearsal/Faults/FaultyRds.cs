using System.Text.Json;
using Shop.Asl;
using Shop.Rehearsal.StepFunctions.Integrations;

namespace Shop.Rehearsal.Faults;

/// <summary>RDS as a Region's state machines call it, with that Region's faults.</summary>
internal sealed class FaultyRds(IRdsCalls inner, ServiceFaults faults, TimeProvider time) : IRdsCalls
{
    private const string Service = "rds";

    public async Task<JsonElement> CallAsync(string region, string action, JsonElement parameters, CancellationToken cancellationToken)
    {
        var fault = faults.Take(Service, action);
        switch (fault?.Kind)
        {
            case ServiceFaultKind.Throttled:
                throw new TaskFailureException("Rds.ThrottlingException", "Rate exceeded (Service: Rds, Status Code: 400, Error Code: Throttling)");
            case ServiceFaultKind.Failing:
                throw Failure();
            case ServiceFaultKind.Slow:
                await Task.Delay(fault.Delay, time, cancellationToken);
                break;
            case ServiceFaultKind.Stale when action.StartsWith("describe", StringComparison.Ordinal):
                return await faults.Remember(Service, $"{region} {action} {parameters.GetRawText()}", () => inner.CallAsync(region, action, parameters, cancellationToken));
            case ServiceFaultKind.LosesAnswers:
                await inner.CallAsync(region, action, parameters, cancellationToken);
                throw Failure();
        }

        return await inner.CallAsync(region, action, parameters, cancellationToken);
    }

    private static TaskFailureException Failure() => new("Rds.RdsException", "Internal failure (Service: Rds, Status Code: 500, Error Code: InternalFailure)");
}
