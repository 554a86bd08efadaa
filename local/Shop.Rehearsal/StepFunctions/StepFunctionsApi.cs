using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shop.Asl;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>The JSON API of Step Functions: what the SDKs and <c>aws stepfunctions --endpoint-url</c> talk to.</summary>
public sealed class StepFunctionsApi
{
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
        }.ToFrozenDictionary(operation => operation.Key, operation => Checked(operation.Key, operation.Value), StringComparer.Ordinal);
    }

    public FrozenDictionary<string, AwsOperation> Operations { get; }

    public AwsJsonApi ToJsonApi(ILogger? logger = null) => new("AWSStepFunctions", "1.0", Operations, logger);

    private static AwsOperation Checked(string name, AwsOperation operation) => (input, cancellationToken) =>
    {
        RequestShapes.Check(name, input);
        return operation(input, cancellationToken);
    };

    private static AwsOperation Answer(Func<JsonElement, JsonObject> operation) => (input, _) => Task.FromResult(operation(input));

    private JsonObject CreateStateMachine(JsonElement input)
    {
        var name = input.RequiredString("name");
        var definition = input.RequiredString("definition");
        var roleArn = input.RequiredString("roleArn");
        if (input.OptionalString("type") == "EXPRESS")
        {
            throw new AwsServiceException("StateMachineTypeNotSupported", "Only STANDARD state machines run here, not 'EXPRESS'.");
        }

        UnsupportedConfiguration.Refuse(input);

        var machine = _service.Create(name, definition, RequireRole(roleArn));
        return new() { ["stateMachineArn"] = machine.Arn, ["creationDate"] = machine.CreationDate.ToEpochSeconds() };
    }

    private JsonObject UpdateStateMachine(JsonElement input)
    {
        var arn = input.RequiredString("stateMachineArn");
        var definition = input.OptionalString("definition");
        var roleArn = input.OptionalString("roleArn");
        UnsupportedConfiguration.Refuse(input);
        if (definition is null && roleArn is null && !input.TryGetProperty("loggingConfiguration", out _) && !input.TryGetProperty("tracingConfiguration", out _))
        {
            throw new AwsServiceException("MissingRequiredParameter",
                "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified");
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
        var machine = _service.GetStateMachine(ListedMachine(input));
        var status = input.OptionalString("statusFilter");
        var redriven = input.OptionalString("redriveFilter") is { } filter ? filter == "REDRIVEN" : (bool?)null;
        var all = _service.Executions
            .Where(execution => execution.StateMachineArn == machine.Arn)
            .Where(execution => status is null || ExecutionOutcome.Name(execution.Status) == status)
            .Where(execution => redriven is null || execution.RedriveCount > 0 == redriven)
            .ToList();
        return List("executions", Page<Execution>.Take(all, input, $"{machine.Arn} {status} {redriven}"), StepFunctionsJson.Summary);
    }

    private static string ListedMachine(JsonElement input)
    {
        var (machine, mapRun) = (input.OptionalString("stateMachineArn"), input.OptionalString("mapRunArn"));
        if (machine is null == mapRun is null)
        {
            throw AwsRequest.Invalid("Exactly one of stateMachineArn and mapRunArn must be specified");
        }

        if (input.OptionalString("statusFilter") == "PENDING_REDRIVE" && machine is not null)
        {
            throw AwsRequest.Invalid("The statusFilter PENDING_REDRIVE needs a mapRunArn");
        }

        return machine ?? throw new AwsServiceException("ResourceNotFound", $"Resource not found: '{mapRun}'. Here a distributed Map has no Map Run.");
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
        try
        {
            var token = Token(input);
            return Require(token, _service.Tokens.Succeed(token, JsonConversions.Parse(output)));
        }
        catch (JsonException e)
        {
            throw new AwsServiceException("InvalidOutput", $"Invalid Output: '{e.Message}'");
        }
    }

    private JsonObject SendTaskFailure(JsonElement input)
    {
        var token = Token(input);
        return Require(token, _service.Tokens.Fail(token, input.OptionalString("error"), input.OptionalString("cause")));
    }

    private JsonObject SendTaskHeartbeat(JsonElement input)
    {
        var token = Token(input);
        return Require(token, _service.Tokens.Heartbeat(token));
    }

    private static JsonObject List<T>(string name, Page<T> page, Func<T, JsonNode> item)
    {
        var json = new JsonObject { [name] = new JsonArray([.. page.Items.Select(item)]) };
        if (page.NextToken is not null)
        {
            json["nextToken"] = page.NextToken;
        }

        return json;
    }

    private static string Token(JsonElement input) => input.RequiredString("taskToken");

    /// <summary>A token that nobody waits for: one of a task that is closed, one of an execution that is not known, or none at all.</summary>
    private JsonObject Require(string token, bool known)
    {
        if (known)
        {
            return [];
        }

        throw !TaskTokens.IsToken(token) ? new AwsServiceException("InvalidToken", "Invalid Token: 'Invalid token'")
            : _service.Executions.Any(execution => TaskTokens.IsTokenOf(token, execution.Arn))
                ? new AwsServiceException("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'")
                : new AwsServiceException("TaskDoesNotExist", "Task Does Not Exist: 'No execution here gave out this token'");
    }

    private static bool IncludesData(JsonElement input) => input.OptionalString("includedData") != "METADATA_ONLY";

    private static string RequireRole(string roleArn) => roleArn.StartsWith("arn:aws", StringComparison.Ordinal)
        ? roleArn
        : throw new AwsServiceException("InvalidArn", $"Invalid Role Arn: '{roleArn}'");
}
