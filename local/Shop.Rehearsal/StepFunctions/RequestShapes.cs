using System.Collections.Frozen;
using System.Text.Json;
using Shop.Rehearsal.AwsJson;
using static Shop.Rehearsal.StepFunctions.RequestMember;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The inputs of the operations as the service's model has them; a test holds them against botocore's copy of it.</summary>
internal static class RequestShapes
{
    private const int MaxData = 262_144;
    private static readonly RequestMember MachineArn = Text("stateMachineArn", 1, 256);
    private static readonly RequestMember ExecutionArn = Text("executionArn", 1, 256).Required();
    private static readonly RequestMember Name = Text("name", 1, 80);
    private static readonly RequestMember Definition = Secret("definition", 1, 1_048_576);
    private static readonly RequestMember RoleArn = Text("roleArn", 1, 256);
    private static readonly RequestMember Type = Enumeration("type", "STANDARD", "EXPRESS");
    private static readonly RequestMember MaxResults = Number("maxResults", 0, 1000);
    private static readonly RequestMember NextToken = Text("nextToken", 1, 1024);
    private static readonly RequestMember IncludedData = Enumeration("includedData", "ALL_DATA", "METADATA_ONLY");
    private static readonly RequestMember TaskToken = Text("taskToken", 1, 2048).Required();
    private static readonly RequestMember Error = Secret("error", 0, 256);
    private static readonly RequestMember Cause = Secret("cause", 0, 32_768);

    private static readonly RequestMember[] Configuration =
    [
        Part("loggingConfiguration"), Part("tracingConfiguration"), Part("encryptionConfiguration"), Flag("publish"), Secret("versionDescription", 0, 256),
    ];

    public static FrozenDictionary<string, RequestMember[]> ByOperation { get; } = new Dictionary<string, RequestMember[]>
    {
        ["CreateStateMachine"] = [Name.Required(), Definition.Required(), RoleArn.Required(), Type, List("tags"), .. Configuration],
        ["UpdateStateMachine"] = [MachineArn.Required(), Definition, RoleArn, .. Configuration],
        ["DeleteStateMachine"] = [MachineArn.Required()],
        ["DescribeStateMachine"] = [MachineArn.Required(), IncludedData],
        ["DescribeStateMachineForExecution"] = [ExecutionArn, IncludedData],
        ["ListStateMachines"] = [MaxResults, NextToken],
        ["ValidateStateMachineDefinition"] = [Definition.Required(), Type, Enumeration("severity", "ERROR", "WARNING"), Number("maxResults", 0, 100)],
        ["StartExecution"] = [MachineArn.Required(), Name, Secret("input", 0, MaxData), Text("traceHeader", 0, 256)],
        ["StopExecution"] = [ExecutionArn, Error, Cause],
        ["RedriveExecution"] = [ExecutionArn, Text("clientToken", 1, 64)],
        ["DescribeExecution"] = [ExecutionArn, IncludedData],
        ["ListExecutions"] =
        [
            MachineArn, Text("mapRunArn", 1, 2000), MaxResults, Text("nextToken", 1, 3096),
            // In the order of the service's message.
            Enumeration("statusFilter", "SUCCEEDED", "TIMED_OUT", "PENDING_REDRIVE", "ABORTED", "FAILED", "RUNNING"),
            Enumeration("redriveFilter", "REDRIVEN", "NOT_REDRIVEN"),
        ],
        ["GetExecutionHistory"] = [ExecutionArn, MaxResults, NextToken, Flag("reverseOrder"), Flag("includeExecutionData")],
        ["SendTaskSuccess"] = [TaskToken, Secret("output", 0, MaxData).Required()],
        ["SendTaskFailure"] = [TaskToken, Error, Cause],
        ["SendTaskHeartbeat"] = [TaskToken],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="AwsServiceException">SerializationException for a wrong type; ValidationException with all that is wrong.</exception>
    public static void Check(string operation, JsonElement input)
    {
        List<string> violations = [];
        foreach (var member in ByOperation[operation])
        {
            RequireType(member, input);
            if (member.Check(input) is { } violation)
            {
                violations.Add(violation);
            }
        }

        if (violations.Count > 0)
        {
            throw AwsRequest.Invalid($"{violations.Count} validation error{(violations.Count == 1 ? "" : "s")} detected: {string.Join("; ", violations)}");
        }
    }

    private static void RequireType(RequestMember member, JsonElement input)
    {
        _ = member.Type switch
        {
            RequestMemberType.Text => input.OptionalString(member.Name) as object,
            RequestMemberType.Flag => input.OptionalBool(member.Name),
            RequestMemberType.Number => input.OptionalInt(member.Name),
            RequestMemberType.List => input.OptionalList(member.Name),
            _ => null,
        };
    }
}
