using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The JSON API of Step Functions: what the SDKs and <c>aws stepfunctions --endpoint-url</c> talk to.</summary>
public sealed class StepFunctionsApi
{
    private const int LongestData = 262_144;
    private readonly StepFunctionsService _service;

    public StepFunctionsApi(StepFunctionsService service)
    {
        _service = service;
        Operations = new Dictionary<string, AwsOperation>
        {
            ["CreateStateMachine"] = Answer(CreateStateMachine),
            ["UpdateStateMachine"] = Answer(UpdateStateMachine),
            ["DeleteStateMachine"] = Answer(DeleteStateMachine),
            ["DescribeStateMachine"] = Answer(DescribeStateMachine),
            ["DescribeStateMachineForExecution"] = Answer(DescribeStateMachineForExecution),
            ["ListStateMachines"] = Answer(ListStateMachines),
            ["ValidateStateMachineDefinition"] = Answer(Validate),
            ["StartExecution"] = Answer(StartExecution),
            ["StopExecution"] = (input, _) => StopExecutionAsync(input),
            ["RedriveExecution"] = Answer(RedriveExecution),
            ["DescribeExecution"] = Answer(DescribeExecution),
            ["ListExecutions"] = Answer(ListExecutions),
            ["GetExecutionHistory"] = Answer(GetExecutionHistory),
            ["SendTaskSuccess"] = Answer(SendTaskSuccess),
            ["SendTaskFailure"] = Answer(SendTaskFailure),
            ["SendTaskHeartbeat"] = Answer(SendTaskHeartbeat),
        }.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public FrozenDictionary<string, AwsOperation> Operations { get; }

    public AwsJsonApi ToJsonApi(ILogger? logger = null) => new("AWSStepFunctions", "1.0", Operations, logger);

    private static AwsOperation Answer(Func<JsonElement, JsonObject> operation) => (input, _) => Task.FromResult(operation(input));

    private JsonObject CreateStateMachine(JsonElement input)
    {
        var name = input.RequiredString("name");
        var definition = input.RequiredString("definition");
        var roleArn = input.RequiredString("roleArn");
        if (input.OptionalString("type") is { } type && type != "STANDARD")
        {
            throw new AwsServiceException("StateMachineTypeNotSupported", $"Only STANDARD state machines run here, not '{type}'.");
        }

        var machine = _service.Create(name, definition, RequireRole(roleArn));
        return new() { ["stateMachineArn"] = machine.Arn, ["creationDate"] = machine.CreationDate.ToEpochSeconds() };
    }

    private JsonObject UpdateStateMachine(JsonElement input)
    {
        var arn = input.RequiredString("stateMachineArn");
        var definition = input.OptionalString("definition");
        var roleArn = input.OptionalString("roleArn");
        if (definition is null && roleArn is null)
        {
            throw new AwsServiceException("MissingRequiredParameter", "Either the definition or the role ARN must be specified.");
        }

        var machine = _service.Update(arn, definition, roleArn is null ? null : RequireRole(roleArn));
        return new() { ["updateDate"] = machine.UpdateDate.ToEpochSeconds(), ["revisionId"] = machine.RevisionId };
    }

    private JsonObject DeleteStateMachine(JsonElement input)
    {
        _service.Delete(input.RequiredString("stateMachineArn"));
        return [];
    }

    private JsonObject DescribeStateMachine(JsonElement input) =>
        StepFunctionsJson.Describe(_service.GetStateMachine(input.RequiredString("stateMachineArn")), IncludesData(input));

    private JsonObject DescribeStateMachineForExecution(JsonElement input) =>
        StepFunctionsJson.DescribeFor(_service.GetExecution(input.RequiredString("executionArn")), IncludesData(input));

    private JsonObject ListStateMachines(JsonElement input) =>
        List("stateMachines", Page<StateMachineRecord>.Take([.. _service.StateMachines], input, "machines"), StepFunctionsJson.Summary);

    private static JsonObject Validate(JsonElement input)
    {
        var found = StateMachine.Validate(input.RequiredString("definition"));
        var errors = found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        var shown = input.OptionalString("severity") == "WARNING"
            ? found
            : [.. found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        var size = input.OptionalInt("maxResults") is { } most and > 0 ? most : 100;
        return new()
        {
            ["result"] = errors ? "FAIL" : "OK",
            ["diagnostics"] = new JsonArray([.. shown.Take(size).Select(StepFunctionsJson.Diagnostic)]),
            ["truncated"] = shown.Count > size,
        };
    }

    private JsonObject StartExecution(JsonElement input)
    {
        var data = input.OptionalString("input") ?? "{}";
        RequireSize(data, "input");
        var execution = _service.Start(input.RequiredString("stateMachineArn"), input.OptionalString("name"), data);
        return new() { ["executionArn"] = execution.Arn, ["startDate"] = execution.StartDate.ToEpochSeconds() };
    }

    private async Task<JsonObject> StopExecutionAsync(JsonElement input)
    {
        var execution = await _service.StopAsync(
            input.RequiredString("executionArn"), input.OptionalString("error"), input.OptionalString("cause"));
        return new() { ["stopDate"] = execution.Outcome.StopDate!.Value.ToEpochSeconds() };
    }

    private JsonObject RedriveExecution(JsonElement input)
    {
        var date = _service.Redrive(input.RequiredString("executionArn"), input.OptionalString("clientToken"));
        return new() { ["redriveDate"] = date.ToEpochSeconds() };
    }

    private JsonObject DescribeExecution(JsonElement input) =>
        StepFunctionsJson.Describe(_service.GetExecution(input.RequiredString("executionArn")), _service.Now, IncludesData(input));

    private JsonObject ListExecutions(JsonElement input)
    {
        var machine = _service.GetStateMachine(input.RequiredString("stateMachineArn"));
        var status = input.OptionalString("statusFilter");
        var redriven = input.OptionalString("redriveFilter") is { } filter ? filter == "REDRIVEN" : (bool?)null;
        var all = _service.Executions
            .Where(execution => execution.StateMachineArn == machine.Arn)
            .Where(execution => status is null || ExecutionOutcome.Name(execution.Status) == status)
            .Where(execution => redriven is null || execution.RedriveCount > 0 == redriven)
            .ToList();
        return List("executions", Page<Execution>.Take(all, input, $"{machine.Arn} {status} {redriven}"), StepFunctionsJson.Summary);
    }

    private JsonObject GetExecutionHistory(JsonElement input)
    {
        var execution = _service.GetExecution(input.RequiredString("executionArn"));
        var reverse = input.OptionalBool("reverseOrder") ?? false;
        var includeData = input.OptionalBool("includeExecutionData") ?? true;
        var events = execution.Events;
        var page = Page<Asl.History.HistoryEvent>.Take(
            reverse ? [.. events.Reverse()] : events, input, $"{execution.Arn} {reverse}");
        return List("events", page, historyEvent => StepFunctionsJson.Event(historyEvent, includeData));
    }

    private JsonObject SendTaskSuccess(JsonElement input)
    {
        var output = input.RequiredString("output");
        RequireSize(output, "output");
        try
        {
            return Require(_service.Tokens.Succeed(Token(input), JsonConversions.Parse(output)));
        }
        catch (JsonException e)
        {
            throw new AwsServiceException("InvalidOutput", $"Invalid Output: '{e.Message}'");
        }
    }

    private JsonObject SendTaskFailure(JsonElement input) =>
        Require(_service.Tokens.Fail(Token(input), input.OptionalString("error"), input.OptionalString("cause")));

    private JsonObject SendTaskHeartbeat(JsonElement input) => Require(_service.Tokens.Heartbeat(Token(input)));

    private static JsonObject List<T>(string name, Page<T> page, Func<T, JsonNode> item)
    {
        var json = new JsonObject { [name] = new JsonArray([.. page.Items.Select(item)]) };
        if (page.NextToken is not null)
        {
            json["nextToken"] = page.NextToken;
        }

        return json;
    }

    private static string Token(JsonElement input) => input.RequiredString("taskToken") is { Length: >= 1 and <= 2048 } token
        ? token
        : throw new AwsServiceException("InvalidToken", "Invalid Token: 'Invalid token'");

    private static JsonObject Require(bool known) =>
        known ? [] : throw new AwsServiceException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'");

    private static bool IncludesData(JsonElement input) => input.OptionalString("includedData") switch
    {
        null or "ALL_DATA" => true,
        "METADATA_ONLY" => false,
        var other => throw AwsRequest.Invalid($"includedData must be ALL_DATA or METADATA_ONLY, not '{other}'."),
    };

    private static string RequireRole(string roleArn) => roleArn.StartsWith("arn:aws", StringComparison.Ordinal)
        ? roleArn
        : throw new AwsServiceException("InvalidArn", $"Invalid Role Arn: '{roleArn}'");

    private static void RequireSize(string data, string name)
    {
        if (data.Length > LongestData)
        {
            throw AwsRequest.Invalid(
                $"1 validation error detected: Value at '{name}' failed to satisfy constraint: Member must have length less than or equal to {LongestData}");
        }
    }
}
